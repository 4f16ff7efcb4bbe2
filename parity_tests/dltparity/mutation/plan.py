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
_UNTRACED = (
    *_GRADCHECKS,
    "acnncheck",
    "acnncount",
    "acnnfits",
    "acnntargets",
)  # they leave no trace: they only refuse
_OF_CNN = (
    *("test_refusals_setup.py", "test_refusals_step.py", "test_refusals_train.py"),
    *("test_cnnsetup.py", "test_cnnff.py", "test_cnnbp.py"),
    *("test_cnnapplygrads.py", "test_cnntrain.py", "test_cnntest.py", "test_other_layers.py"),
    "test_by_value.py",
    *sorted(path.name for path in TESTS.glob("test_odd_*.py")),
)
_OF_ACNN = (
    *("test_acnn_refusals.py", "test_acnnloss.py", "test_acnnpenalty.py", "test_by_value.py"),
    "test_acnn.py",
)


def families(file):
    """Name the stored traces that judge a module: those of 'cnn', of 'acnn' or none."""
    return () if file in _UNTRACED else ("cnn",) if file in LINE_BY_LINE else ("acnn",)


def own(file):
    """Name the file with a module's own tests; many modules share one."""
    shared = "matlab" if file in _BOTH else "acnnpenalty" if file == "acnnactivation" else ""
    names = (f"test_{name}.py" for name in (file, shared, "acnn_refusals"))
    return (next(name for name in names if (TESTS / name).is_file()),)


def others(file):
    """Name the other files that judge it."""
    if file in _GRADCHECKS:
        return ()
    of_cnn, of_acnn = file in LINE_BY_LINE, file in _BOTH or file not in LINE_BY_LINE
    found = dict.fromkeys((_OF_CNN if of_cnn else ()) + (_OF_ACNN if of_acnn else ()))
    return tuple(name for name in found if name not in own(file))


def tests(files):
    """List all files with tests for some modules."""
    return tuple(dict.fromkeys(name for file in files for name in own(file) + others(file)))
