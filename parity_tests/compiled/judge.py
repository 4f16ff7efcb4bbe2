"""Cases that judge a library of the compiled engine: ``judge.py LIBRARY EXPECTED``.

EXPECTED holds what the line-by-line functions gave, pickled; with ``-`` in place of the library it
is written. The exit code is 1 at the first difference. The library is to have the build that the
environment's DLTCNN_BUILD names; where it is a sanitizer's, see `guarded`.
"""

import ctypes
import os
import pickle
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

import guarded  # noqa: E402
import numpy as np  # noqa: E402
from never_by_lines import never_by_lines  # noqa: E402
from unnoticed import unnoticed  # noqa: E402

from dltcnn.compiled import LeftToLines, library  # noqa: E402
from dltparity.engines import cases  # noqa: E402
from dltparity.engines.compared import results  # noqa: E402
from dltparity.engines.same import differences  # noqa: E402

_DRAWN = (
    *((cases.acnn, number) for number in range(40)),
    *((cases.cnn, number) for number in range(8)),
    *((cases.large, number) for number in range(12)),
    *((cases.edge, number) for number in range(60)),
    *((cases.broad, number) for number in range(6)),
)


CLASSES = {"double": np.float64, "single": np.float32}


def covered(case):
    """Whether the compiled engine does all of it: then it is to do so with any fault too."""
    try:
        with never_by_lines():
            results(case)
    except (AssertionError, LeftToLines, ValueError):
        return False
    return True


def drawn():
    """Draw the cases, in the same order each time."""
    return [draw(number) for draw, number in _DRAWN]


def tells_nan(compiled, cls):
    """Whether each logistic function says where a NaN is, and only there."""
    for name in (f"sigm_{cls}", f"sigm_libm_{cls}"):
        function = getattr(compiled, f"dlt_{name}_{os.environ[library.CHOICE]}")
        function.restype = ctypes.c_int64
        for value, wanted in ((1.0, 0), (1000.0, 0), (np.nan, 1)):
            x = library.aligned(512).view(CLASSES[cls])
            x[-1] = value
            if function(ctypes.c_void_p(x.ctypes.data), ctypes.c_int64(x.size)) != wanted:
                return False
    return True


def main(path, expected):
    """Write or judge."""
    if path == "-":
        kept = [(case, results(case, engine="lines")) for case in filter(covered, drawn())]
        Path(expected).write_bytes(pickle.dumps(kept))
        return 0
    library.LIBRARY, library.SOURCES = Path(path), Path("none")
    guarded.guard()
    for cls, dtype in CLASSES.items():
        if library.engine(cls).exp == "libm":  # a wrong exp is found before it is used
            return 1
        if not tells_nan(library._library()[0], cls) or unnoticed(dtype):
            return 1
    for number, (case, wanted) in enumerate(pickle.loads(Path(expected).read_bytes())):
        with never_by_lines():  # else what a fault makes of numbers would be mended by the lines
            got = results(case, threads=(2, 3, 2, 1)[number % 4])
        if differences(wanted, got):
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
