"""Fixtures: live sessions, what the machine has, and random numbers."""

import os
from contextlib import ExitStack, contextmanager

import numpy as np
import pytest

from both_sides.functions import Reference
from dltparity.octave.blas import NoBlas
from dltparity.octave.errors import NoOctave
from dltparity.octave.executable import find_octave
from dltparity.octave.session import Octave
from dltparity.original.cache import OriginalMissing, octave_paths, require_original
from dltparity.traces.references import acnn_folder

# DLTPARITY_REQUIRE=octave or =original: where that is missing the run ends, instead of skipping.
_REQUIRED = os.environ.get("DLTPARITY_REQUIRE", "")
_NEED_OCTAVE = {"octave", "live", "system_live", "original_session", "acnn_session"}
_NEED_ORIGINAL = {"original", "original_session"}


def pytest_sessionstart(session):
    """End the run where something required is missing, before tests or workers begin."""
    for name, reason in (("octave", _without_octave()), ("original", _without_original())):
        if reason and _REQUIRED in (name, "original"):
            pytest.exit(f"DLTPARITY_REQUIRE={_REQUIRED}: {reason}", returncode=3)


def pytest_collection_modifyitems(items):
    """Skip what needs Octave or the original where they are not; the reason is printed."""
    for needs, reason in ((_NEED_OCTAVE, _without_octave()), (_NEED_ORIGINAL, _without_original())):
        for item in items if reason else ():
            if needs & {*item.keywords, *item.fixturenames}:
                item.add_marker(pytest.mark.skip(reason=reason))


def _without_octave():
    try:
        find_octave()
    except NoOctave as error:
        return str(error)
    return None


def _without_original():
    try:
        require_original()
    except OriginalMissing as error:
        return str(error)
    return None


@pytest.fixture
def rng():
    """Random numbers of a test's own: the same ones whatever ran before it."""
    return np.random.default_rng(0)


@contextmanager
def _session(**options):
    """Open a session; without the reference BLAS there are no bits to compare."""
    with ExitStack() as stack:
        try:
            session = stack.enter_context(Octave(**options))
        except NoBlas as error:
            if _REQUIRED:
                raise
            pytest.skip(str(error))
        yield session


@pytest.fixture(scope="session")
def original_session():
    """The original in Octave on the reference BLAS."""
    with _session(paths=octave_paths(require_original())) as session:
        yield session


@pytest.fixture(scope="session")
def acnn_session():
    """This project's own .m files in Octave on the reference BLAS."""
    with _session(paths=[acnn_folder()]) as session:
        yield session


@pytest.fixture(scope="session")
def live(request):
    """A live reference on the reference BLAS: the original, or acnn where it is not at hand."""
    family = "acnn" if _without_original() else "cnn"
    name = {"cnn": "original_session", "acnn": "acnn_session"}[family]
    return Reference(request.getfixturevalue(name), family)


@pytest.fixture(scope="session")
def system_live():
    """The same on the system's BLAS."""
    original = None if _without_original() else require_original()
    paths = octave_paths(original) if original else [acnn_folder()]
    with _session(blas="system", paths=paths) as session:
        yield Reference(session, "cnn" if original else "acnn")


@pytest.fixture(scope="module")
def functions(tmp_path_factory):
    """Some .m files that fail in known places."""
    folder = tmp_path_factory.mktemp("functions")
    files = {
        "outer_fails": "function outer_fails(x)\n\n    inner_fails(x);\nend\n",
        "inner_fails": (
            "function inner_fails(x)\n    helper(x);\nend\n\n"
            "function helper(x)\n    error('my:id', 'got %d', x);\nend\n"
        ),
        "asserts": "function asserts(x)\n\n\n    assert(x > 1, 'Actual: %g  %g', x, x);\nend\n",
        "broken": "function broken(x)\n    y = x;\n    y = = 2;\nend\n",
        "anonymous": "function anonymous(x)\n    f = @(y) error('no');\n    f(x);\nend\n",
    }
    for name, code in files.items():
        (folder / f"{name}.m").write_text(code)
    return folder


@pytest.fixture(scope="module")
def session(functions):
    """A session that finds them."""
    with Octave(paths=[functions]) as opened:
        yield opened


@pytest.fixture
def impatient(functions):
    """One that gives up soon."""
    with Octave(paths=[functions], timeout=2) as opened:
        yield opened
