"""The compiled library: found, chosen for this processor, checked against this libm."""

import ctypes
import os
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import numpy as np

from ..matlab.classes import DOUBLE, SINGLE
from .build import LIBRARY, SOURCES, is_built
from .exp_table import exp_table
from .reasons import Unbuilt

BUILDS = ("avx512", "avx512_256", "avx2", "baseline")  # the quickest first, on most processors
_NUMBERS = MappingProxyType({"avx512": 2, "avx512_256": 2, "avx2": 1, "baseline": 0})
_CLASSES = MappingProxyType({DOUBLE: "double", SINGLE: "single"})
CHOICE = "DLTCNN_BUILD"


@dataclass(frozen=True)
class Engine:
    """The engine of one class.

    Attributes
    ----------
    build : str
        For which processors: one of `BUILDS`.
    exp : str
        Whose exp it uses: 'libm', or the name of the build whose own exp has libm's bits here.
    dtype : numpy.dtype
        Double or single.
    layout, run : callable
        The library's functions.
    sigm : int
        Address of the logistic function.
    block : int
        Images that a thread takes at a time.
    """

    build: str
    exp: str
    dtype: np.dtype
    layout: object
    run: object
    sigm: int
    block: int


def available() -> str | None:
    """Say why there is no compiled engine here.

    Returns
    -------
    str or None
        A sentence; None where there is one.
    """
    try:
        engine(DOUBLE)
    except Unbuilt as error:
        return str(error)
    return None


def engine(dtype, build=None):
    """Return the engine of a class.

    Parameters
    ----------
    dtype : numpy.dtype
        Double or single.
    build : str, optional
        One of `BUILDS`; by default that of the variable DLTCNN_BUILD, else the quickest that this
        processor can run. All give the same bits.

    Returns
    -------
    Engine
        The same object for the same arguments.

    Raises
    ------
    Unbuilt
        If the library was not built, or has no such build, or the processor cannot run it.
    """
    return _engine(np.dtype(dtype), build or os.environ.get(CHOICE) or None)


@cache
def _engine(dtype, build):
    library = _library()[0]
    can_run = runnable(library)
    if build is None:
        build = can_run[0]
    if build not in can_run:
        raise Unbuilt(
            f"the build {build!r} of the compiled engine was asked for: this processor and this "
            f"library have {', '.join(can_run)}"
        )
    layout, run, block = (_function(library, name, dtype, build) for name in _SIGNATURES)
    exp, sigm = _sigm(library, dtype, can_run[can_run.index(build) :])
    return Engine(build, exp, dtype, layout, run, sigm, block())


@cache
def _library():
    """Load the library; the table goes with it, since the library reads it in its place."""
    if not LIBRARY.exists():
        raise Unbuilt(
            "the compiled engine is not built: install a C compiler and run "
            "`python -m dltcnn.compiled`"
        )
    try:
        library = ctypes.CDLL(str(LIBRARY))
    except OSError as error:
        raise Unbuilt(f"the compiled engine cannot be loaded: {error}") from None
    if SOURCES.is_dir() and not is_built(LIBRARY):
        raise Unbuilt(
            "the compiled engine was built of other sources than these: run "
            "`python -m dltcnn.compiled`"
        )
    table = exp_table()
    library.dlt_set_exp_table(ctypes.c_void_p(table.ctypes.data))
    return library, table


def runnable(library):
    """List the builds that a library has and this processor can run, the quickest first."""
    here = [name for name in BUILDS if _can_run(library, name)]
    # A vector of 64 bytes is two of 32 on some: narrower ones are as quick, with fewer idle lanes.
    return sorted(here, key=lambda name: name != "avx512_256") if library.dlt_halves() else here


def _can_run(library, build):
    has = hasattr(library, f"dlt_block_double_{build}")
    return has and bool(library.dlt_supports(_NUMBERS[build]))


_SIGNATURES = MappingProxyType(
    {
        "layout": (None, (ctypes.c_void_p,)),
        "run": (None, (ctypes.c_void_p, ctypes.c_int64)),
        "block": (ctypes.c_int64, ()),
    }
)


def _function(library, name, dtype, build):
    function = getattr(library, f"dlt_{name}_{_CLASSES[dtype]}_{build}")
    function.restype, function.argtypes = _SIGNATURES[name]
    return function


def _sigm(library, dtype, candidates):
    """Choose the logistic function: the first whose exp has libm's bits on the fixed vector.

    libm's own differ with the processor, since it too has builds with and without fused
    multiply-adds.
    """
    asked = probe(dtype)
    expected = _called(library, f"sigm_libm_{_CLASSES[dtype]}_{candidates[0]}", asked)
    for build in candidates:
        name = f"sigm_{_CLASSES[dtype]}_{build}"
        if _called(library, name, asked).tobytes() == expected.tobytes():
            return build, _address(library, name)
    return "libm", _address(library, f"sigm_libm_{_CLASSES[dtype]}_{candidates[0]}")


def _address(library, name):
    return ctypes.cast(getattr(library, f"dlt_{name}"), ctypes.c_void_p).value


def _called(library, name, x):
    """Return what a logistic function of the library makes of numbers."""
    result = aligned(x.nbytes).view(x.dtype)
    result[...] = x
    function = getattr(library, f"dlt_{name}")
    function(ctypes.c_void_p(result.ctypes.data), ctypes.c_int64(result.size))
    return result


def probe(dtype):
    """Return the fixed vector: 40,960 arguments of every size and sign, edges included."""
    rng = np.random.default_rng(2006)
    scales = np.repeat([1e-9, 1e-3, 0.1, 1, 3, 10, 30, 80, 300, 700], 4096)
    x = rng.standard_normal(scales.size) * scales
    x[:8] = [0, -0.0, np.inf, -np.inf, np.nan, 5e-324, 709.8, -745.2]
    with np.errstate(over="ignore"):
        return x.astype(dtype)


def aligned(size):
    """Return so many bytes that begin where a vector of any build may.

    Parameters
    ----------
    size : int
        How many.

    Returns
    -------
    numpy.ndarray
        uint8, zeros; a view of what holds the memory.
    """
    memory = np.zeros(size + 64, np.uint8)
    start = -memory.ctypes.data % 64
    return memory[start : start + size]
