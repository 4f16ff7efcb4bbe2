"""Which modules are mutated, and what judges the mutants of each."""

from pathlib import Path

from dltparity.port_state import modules

# Those that change most come last.
_LATE = ("matlab.convn", "matlab.operators")
_LANGUAGE = tuple(name for name in modules("matlab") if name not in ("matlab.errors", *_LATE))
FILES = (*modules("cnn", "util"), *_LANGUAGE, *modules("acnn"), *_LATE)

TESTS = Path(__file__).parents[1]
_GRADCHECKS = ("cnn.cnnnumgradcheck", "acnn.acnnnumgradcheck")
# They leave no trace: they only refuse.
_UNTRACED = (
    *_GRADCHECKS,
    *("acnn.acnncheck", "acnn.acnncount", "acnn.acnnfits", "acnn.acnntargets"),
)
# Modules whose tests are in several files, or in a file of another name.
_TESTED_BY = {
    "matlab.operators": ("matlab/test_operators.py", "matlab/test_quotients.py"),
    "matlab.arrays": ("matlab/test_arrays.py", "matlab/test_row.py"),
    "matlab.keys": ("matlab/test_array.py",),
}


def _tests(*patterns):
    """List the files with tests whose names fit."""
    return tuple(
        sorted(str(path.relative_to(TESTS)) for pattern in patterns for path in TESTS.glob(pattern))
    )


_OF_CNN = _tests("limits/test_refusals_*", "limits/test_o*", "cnn/test_v*", "cnn/test_cnn[!n]*")
_OF_LANGUAGE = _tests("matlab/test_*", "cnn/test_util*")
_OF_ACNN = _tests("acnn/test_acnn.py", "acnn/test_acnn_ref*", "acnn/test_acnn[!_n]*", "cnn/test_v*")


def families(file):
    """Name the stored traces that judge a module: those of 'cnn', of 'acnn' or none."""
    if file in _UNTRACED:
        return ()
    return ("acnn",) if file.startswith("acnn.") else ("cnn",)


def own(file):
    """Name the files with a module's own tests; many modules share one."""
    room, stem = file.split(".")
    if room == "util":
        return ("cnn/test_util.py",)
    if file in _TESTED_BY:
        return _tests(*_TESTED_BY[file])
    shared = "acnnpenalty" if stem == "acnnactivation" else "operators"
    names = (f"{room}/test_{name}.py" for name in (stem, shared, "acnn_refusals"))
    return (next(name for name in names if (TESTS / name).is_file()),)


def others(file):
    """Name the other files that judge it."""
    if file in _GRADCHECKS:
        return ()
    found = {
        "cnn": _OF_CNN,
        "acnn": _OF_ACNN,
    }.get(file.split(".")[0], _OF_LANGUAGE + _OF_CNN + _OF_ACNN)
    return tuple(name for name in dict.fromkeys(found) if name not in own(file))


def tests(files):
    """List all files with tests for some modules."""
    return tuple(dict.fromkeys(name for file in files for name in own(file) + others(file)))
