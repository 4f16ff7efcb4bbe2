"""The report's section on trainings with real images."""

from tabulate import tabulate

from .by_case import ENGINES

_NAMES = {"acnn": "this project's .m files", "recorded": "recording of the original"}
_HEADERS = (
    "case",
    "reference",
    "engine",
    "training",
    "test error of reference",
    "of port",
    "misclassified by reference",
    "by port",
    "the same images",
)


def render(cases):
    """Write the section.

    Parameters
    ----------
    cases : list of dict
        Entries of parity.json's 'cases'; those without a 'training' are left out.

    Returns
    -------
    list of str
        Markdown, paragraph by paragraph; empty where no case trained on real images.
    """
    rows = [_row(case, case["training"]) for case in cases if case["training"]]
    if not rows:
        return []
    table = tabulate(rows, _HEADERS, tablefmt="github", disable_numparse=True)
    return ["### Trained on real images", table]


def _row(case, training):
    return [
        case["name"],
        _NAMES.get(case["reference"], case["reference"]),
        ENGINES[case.get("engine", "lines")],
        "{images} images, {epochs} epoch(s), batches of {batchsize}".format(**training),
        *(f"{error:.2%}" for error in training["test_error"]),
        *(f"{count} of {training['test_images']}" for count in training["misclassified"]),
        "yes" if training["same_images"] else "no",
    ]
