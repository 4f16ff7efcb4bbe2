"""Fixtures: live sessions and what the machine has."""

import pytest

from dltparity import upstream
from dltparity.executable import find_octave
from dltparity.octave import Octave
from dltparity.octave_errors import NoOctave
from dltparity.sides import acnn_folder
from live import Live

_NEED_OCTAVE = {"octave", "live", "system_live", "original_session", "acnn_session"}


def pytest_collection_modifyitems(items):
    """Skip what needs Octave or the original where they are not; the reason is printed."""
    try:
        find_octave()
        octave = None
    except NoOctave as error:
        octave = pytest.mark.skip(reason=str(error))
    original = None
    if upstream.original() is None:
        original = pytest.mark.skip(reason="the original is not in the cache: dltparity fetch")
    for item in items:
        if octave and _NEED_OCTAVE & {*item.keywords, *item.fixturenames}:
            item.add_marker(octave)
        if original and {"original", "original_session"} & {*item.keywords, *item.fixturenames}:
            item.add_marker(original)


@pytest.fixture(scope="session")
def original_session():
    """The original in Octave on the reference BLAS."""
    with Octave(paths=upstream.octave_paths(upstream.original())) as session:
        yield session


@pytest.fixture(scope="session")
def acnn_session():
    """This project's own .m files in Octave on the reference BLAS."""
    with Octave(paths=[acnn_folder()]) as session:
        yield session


@pytest.fixture(scope="session")
def live():
    """A live reference on the reference BLAS: the original, or acnn where it is not at hand."""
    yield from _live("reference")


@pytest.fixture(scope="session")
def system_live():
    """The same on the system's BLAS."""
    yield from _live("system")


def _live(blas):
    original = upstream.original()
    paths = upstream.octave_paths(original) if original else [acnn_folder()]
    with Octave(blas=blas, paths=paths) as session:
        yield Live(session, "cnn" if original else "acnn")
