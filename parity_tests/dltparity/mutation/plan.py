"""Which files are mutated, and what judges the mutants of each."""

from pathlib import Path

from ..fingerprint import ACNN, LINE_BY_LINE

# Those that change most come last.
FILES = (
    *(name for name in LINE_BY_LINE if name not in ("matlab", "convolution")),
    *("elementary", *ACNN, "convolution", "matlab"),
)

TESTS = Path(__file__).parents[2]
_BOTH = [name for name in LINE_BY_LINE if not name.startswith("cnn")]  # both families use them
_GRADCHECKS = ("cnnnumgradcheck", "acnnnumgradcheck")
# They leave no trace: they only refuse.
_UNTRACED = (*_GRADCHECKS, "acnncheck", "acnncount", "acnnfits", "acnntargets")


def _tests(*patterns):
    """List the files with tests whose names fit."""
    names = (f"test_{pattern}.py" for pattern in patterns)
    return tuple(sorted(path.name for name in names for path in TESTS.glob(name)))


_OF_CNN = _tests("refusals_*", "odd_*", "by_value", "other_layers", "cnn[!n]*")
_OF_BOTH = _tests(*_BOTH, "matlab_shapes")
_OF_ACNN = _tests("acnn", "acnn_refusals", "acnn[!_n]*", "by_value")


def families(file):
    """Name the stored traces that judge a module: those of 'cnn', of 'acnn' or none."""
    return () if file in _UNTRACED else ("cnn",) if file in LINE_BY_LINE else ("acnn",)


def own(file):
    """Name the files with a module's own tests; many modules share one."""
    if file == "matlab":
        return _tests("matlab", "matlab_shapes")
    shared = "matlab" if file in _BOTH else "acnnpenalty" if file == "acnnactivation" else ""
    names = (f"test_{name}.py" for name in (file, shared, "acnn_refusals"))
    return (next(name for name in names if (TESTS / name).is_file()),)


def others(file):
    """Name the other files that judge it."""
    if file in _GRADCHECKS:
        return ()
    if file in _BOTH:
        found = _OF_BOTH + _OF_CNN + _OF_ACNN
    else:
        found = _OF_CNN if file in LINE_BY_LINE else _OF_ACNN
    return tuple(name for name in dict.fromkeys(found) if name not in own(file))


def tests(files):
    """List all files with tests for some modules."""
    return tuple(dict.fromkeys(name for file in files for name in own(file) + others(file)))
