"""The probes: ``python -m dltparity.doctor.probes NAME`` prints rows, a line of JSON each.

What a probe needs it imports itself, so that what is missing or broken is its row.
"""

import json
import re
import sys
from functools import partial
from importlib import import_module
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec

from ..signals import tidy
from .rows import missing, ok, optional

_SETUP = "run `make setup`, or pip install 'dltcnn[parity]'"
# Distribution -> module, where their names differ.
_NAMES = {"cosmic-ray": "cosmic_ray", "markdown-it-py": "markdown_it", "pytest-xdist": "xdist"}
_FIRST, _SECONDS = 15, 30  # for Octave's version, and for an answer of a session


def packages():
    """Import every package that the command needs."""
    found, wrong = [], []
    for name, least in _required(None, "parity"):
        problem = _problem(name, least)
        (wrong if problem else found).append(problem or f"{name} {version(name)}")
    if wrong:
        yield missing("packages", "; ".join(wrong), _SETUP)
    else:
        yield ok("packages", ", ".join(found))


def extras():
    """Look which extras are installed; they are not imported, which takes seconds."""
    here, absent = [], []
    for extra in ("hdf5", "plot", "oracle", "bench", "cluster", "mutation"):
        modules = [_NAMES.get(name, name) for name, _ in _required(extra)]
        (here if all(map(find_spec, modules)) else absent).append(extra)
    summary = f"here: {', '.join(here) or 'none'}"
    if not absent:
        yield ok("extras", summary)
        return
    remedy = f"where you need them: pip install 'dltcnn[{','.join(absent)}]'"
    yield optional("extras", f"{summary}; not here: {', '.join(absent)}", remedy)


def _required(*extras):
    """List the packages of some extras (None: those of all) with their least versions."""
    for each in requires("dltcnn") or ():
        name = re.match(r"[\w.-]+", each)[0]
        extra = re.search(r"extra == ['\"](\w+)['\"]", each)
        if (extra[1] if extra else None) in extras:
            least = re.search(r">=([\d.]+)", each)
            yield name, least[1] if least else "0"


def _problem(name, least):
    """Say what is wrong with a package; None where nothing is."""
    try:
        if name != "oct2py" or not find_spec(name):  # importing that starts an Octave
            import_module(_NAMES.get(name, name))
        found = version(name)
    except (ModuleNotFoundError, PackageNotFoundError):
        return f"{name} is not installed"
    except Exception as error:
        return f"{name} cannot be imported ({type(error).__name__}: {error})"
    if _numbers(found) < _numbers(least):
        return f"{name} {found} is too old: expected {least} or later"
    return None


def _numbers(text):
    return [int(each) for each in re.findall(r"\d+", text)[:3]]


def engine():
    """Ask for the compiler, and for the engine that it makes."""
    import shutil

    import numpy as np

    from dltcnn import compiled
    from dltcnn.compiled.build import compiler, has_compiler

    if has_compiler():
        yield ok("C compiler", shutil.which(compiler()[0]))
    else:
        remedy = "install one (Debian, Ubuntu: gcc; macOS: xcode-select --install)"
        yield missing("C compiler", f"{compiler()[0]} was not found", remedy)
    why = compiled.available()
    if why:
        yield missing("compiled engine", why, "run `python -m dltcnn.compiled`")
        return
    engines = [compiled.engine(np.dtype(name)) for name in ("double", "single")]
    exps = ", ".join(
        f"{name} {'of the C library' if each.exp == 'libm' else 'own, with the bits of libm'}"
        for name, each in zip(("double", "single"), engines, strict=True)
    )
    yield ok("compiled engine", f"built; instruction set {engines[0].build}; exp: {exps}")


def references():
    """Look for the original's files and for the recordings."""
    from ..errors import ReferenceMissingError
    from ..original import cache

    remedy = "run `dltparity fetch`; without it acnn and the recordings serve"
    try:
        folder = cache.original()
    except ReferenceMissingError as error:
        yield missing("original", str(error), "run `dltparity fetch`")
    else:
        if folder:
            yield ok("original", f"in the cache, every file checked: {folder}")
        else:
            yield optional("original", f"not in {cache.cache_folder()}", remedy)
    yield _recordings()


def _recordings():
    from .. import machine
    from ..paths import matlab_ref
    from ..traces import recording

    files = sorted((matlab_ref() / "recordings").glob("*.npz"))
    if not files:
        return missing("recordings", f"none in {matlab_ref()}", "use a complete checkout")
    made = recording.load(files[0])[1].get("libm_fingerprint")
    same = made == machine.libm_fingerprint()
    how = "by bits: exp has the bits it had" if same else "by bound: exp has other bits here"
    return ok("recordings", f"{len(files)} in {files[0].parent}, judged {how}")


def octave():
    """Look for Octave, and ask for its version."""
    from ..octave.errors import NoOctave
    from ..octave.executable import find_octave

    try:
        yield ok("Octave", find_octave(_FIRST))
    except NoOctave as error:
        yield missing("Octave", str(error), "run `make setup`; without it the recordings serve")


def blas(name):
    """Start Octave on a BLAS, and ask in which order that sums."""
    from ..octave.blas import BLAS, NoBlas
    from ..octave.blas_probe import SEQUENTIAL, probe
    from ..octave.errors import NoOctave, OctaveDied, OctaveError
    from ..octave.session import Octave

    row, promise, remedy = f"{name} BLAS", BLAS[name].promise, BLAS[name].remedy
    try:
        with Octave(name, timeout=_SECONDS) as session:
            found = probe(session)
            summary = f"Octave {session.info()['version']} on {found['says']}"
    except NoBlas as error:
        yield optional(row, str(error).partition(": install")[0], remedy)
        return
    except (NoOctave, OctaveDied, OctaveError) as error:
        yield missing(row, str(error), "see Octave")
        return
    summary += f"; products: {found['product']}; convolutions: {found['axpy']}"
    if promise == "bit" and {found["product"], found["axpy"]} != {SEQUENTIAL}:
        yield missing(row, f"it does not compute as the reference does: {summary}", remedy)
    else:
        yield ok(row, f"{summary}; promised: {promise}")


def main(name):
    """Print the rows of a probe, each as soon as it is known."""
    probes = {each.__name__: each for each in (packages, extras, engine, references, octave)}
    probes |= {each: partial(blas, each) for each in ("reference", "system")}
    with tidy():  # where the doctor waits no longer, sessions are closed
        for row in probes[name]():
            print(f"\n{json.dumps(row.as_dict())}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
