"""Everything that a result depends on, so that a stored one is not taken for one of today."""

import functools
import hashlib
import os
import platform
import re
from importlib.metadata import version
from pathlib import Path

from . import machine, port_state
from .octave.blas import NoBlas
from .octave.errors import NoOctave
from .octave.session import Octave
from .paths import matlab_ref

_HARNESS = Path(__file__).parent
_TESTS = _HARNESS.parent
_PACKAGES = "numpy", "scipy", "oct2py"
# What only explains results, and is read anew each time.
_EXPLAINS = ("__pycache__", "equivalent")
# What judges users' files, and its tests: no stored result passes through it.
USERS = ("verify", "toolbox", "doctor", "demo")
# What judges no fault of the port: these, the harness, and the tests of harness and pages.
NO_JUDGES = (*USERS, "dltparity", "harness", "page")


def everything():
    """Hash what results depend on.

    Returns
    -------
    dict of str to str
        Part -> its state: the files of the 'port' (the compiled engine with them), of the
        'harness', the 'tests' and the 'references'; 'octave' with all libraries that it loads,
        'python' and its packages, and the 'machine'. What judges users' own files is left out of
        the harness, and what judges no fault of the port of the tests: no result passes through it.
    """
    return {
        "port": files(port_state.PORT),
        "harness": files(_HARNESS, USERS),
        "tests": files(_TESTS, NO_JUDGES),
        "references": files(matlab_ref()),
        "octave": _octave(),
        "python": " ".join([platform.python_version(), *(f"{n} {version(n)}" for n in _PACKAGES)]),
        "machine": _machine(),
    }


def of_runs():
    """As `everything`, but for the tests: of results in which none has run."""
    return {name: state for name, state in everything().items() if name != "tests"}


def changed(*stored):
    """Name the parts that are others today.

    Parameters
    ----------
    *stored : dict of str to str
        From `everything` or `of_runs`, kept with results.

    Returns
    -------
    list of str
        Empty where the result is one of today.
    """
    now = everything()
    return sorted(
        {
            name
            for state in stored
            for name in {*state, *now} - ({"tests"} - {*state})
            if state.get(name) != now.get(name)
        }
    )


def files(folder, without=()):
    """Hash names and contents of all files in a folder and below, as `listed` lists them."""
    total = hashlib.sha256()
    for path in listed(folder, without):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(folder).as_posix()} {content}\n".encode())
    return total.hexdigest()[:16]


def listed(folder, without=()):
    """List the files that count: those that, or whose folders, have none of some names."""
    return [
        path
        for path in sorted(Path(folder).rglob("*"))
        if path.is_file()
        and not {*path.relative_to(folder).with_suffix("").parts} & {*_EXPLAINS, *without}
    ]


@functools.cache
def _octave():
    """Hash Octave's executable and every library in its memory, the BLAS among them."""
    try:
        with Octave() as session:
            total = hashlib.sha256(repr(sorted(session.info().items())).encode())
            for path in _mapped(int(session.eval("disp(getpid())"))):
                total.update(hashlib.sha256(path.read_bytes()).digest())
            return f"{session.info()['version']} {total.hexdigest()[:16]}"
    except (NoOctave, NoBlas) as error:
        return f"none: {type(error).__name__}"


def _mapped(pid):
    """List the files in a process's memory, where the system says them."""
    table = Path(f"/proc/{pid}/maps")
    text = table.read_text(encoding="utf-8") if table.is_file() else ""
    names = re.findall(r"\s(/\S+)$", text, re.MULTILINE)
    return [path for path in sorted({*map(Path, names)}) if path.is_file()]


def _machine():
    about = machine.describe()
    names = ("system", "libc", "libm_fingerprint", "numpy_cpu_features")
    build = os.environ.get("DLTCNN_BUILD", "")  # which of the compiled engine's builds runs
    return " ".join([*(about[name] for name in names), *([build] if build else [])])
