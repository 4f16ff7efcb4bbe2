"""The report's section on the errors against extended precision."""

from tabulate import tabulate

from ..comparison.accuracy_of_training import LONGEST

_SIDES = ("reference", "port")
_AFTER = ("trained.", "test.")


def render(content):
    """Write the section.

    Parameters
    ----------
    content : dict
        From `checks.accuracy.gather`.

    Returns
    -------
    str
        What was evaluated, the largest errors by field and by case.
    """
    return "\n\n".join(
        [
            "## Errors against extended precision",
            _intro(content),
            _fields(content["cases"]),
            "For each case the largest error of a step, and the field that has it (parity.json has "
            "all fields):",
            _cases(content["cases"]),
        ]
    )


def _intro(content):
    formats = "; ".join(
        f"{cls} in {each['dtype']} with {each['significand']} bits of significand"
        + ("" if each["wider"] else ", which is no wider here: its own error is in the figures")
        for cls, each in content["formats"].items()
    )
    return (
        "Each field of a training step, and the weights that cnnsetup draws, are evaluated once "
        f"more in extended precision ({formats}). The tables show how far the reference and the "
        "port are from that: the largest error of a field, in unit roundoffs of the same step on "
        "absolute values. Where they have the same bits, they have the same error.\n\n"
        f"Trainings of up to {LONGEST} batches are evaluated as a whole. `trained` is the trained "
        "net, in unit roundoffs of its last step; no largest error is promised for it, because "
        "training amplifies rounding errors. `test.er` is the error in the number of misclassified "
        "images, `test.bad` the number of images that are classified differently. Cases with NaN, "
        "Inf, denormals and huge values are left out: only their bits are promised."
    )


def _fields(cases):
    """Tabulate each field's largest error over all cases, double and single."""
    worst = {}
    for case in cases:
        for path, errors in case["fields"].items():
            stage, name = path.split(".", 1)
            key = f"{stage}.{name.rsplit('.', 1)[-1]}"
            columns = worst.setdefault(key, {})
            for side, error in zip(_SIDES, errors, strict=True):
                if error is not None:
                    columns.setdefault((case["class"], side), []).append(error)
    places = [(cls, side) for cls in ("double", "single") for side in _SIDES]
    stages = ("setup", "ff", "bp", "apply", "trained", "test")
    worst = dict(sorted(worst.items(), key=lambda item: stages.index(item[0].partition(".")[0])))
    rows = [
        [
            f"`{key}`",
            *(
                _figure(max(columns[place], key=float)) if place in columns else ""
                for place in places
            ),
        ]
        for key, columns in worst.items()
    ]
    headers = ["field", *(f"{cls}: {side}" for cls, side in places)]
    return tabulate(rows, headers, tablefmt="github", disable_numparse=True)


def _cases(cases):
    """Tabulate each case; references with the same figures share a row."""
    rows = {}
    for case in cases:
        figures = tuple(_largest(case["fields"], number) for number in range(len(_SIDES)))
        key = case["name"], case["class"], case["blas"], figures
        rows.setdefault(key, []).append(case["reference"])
    table = [
        [name, cls, ", ".join(references), blas, *figures]
        for (name, cls, blas, figures), references in rows.items()
    ]
    headers = ["case", "class", "reference", "BLAS", *(f"error of {side}" for side in _SIDES)]
    return tabulate(table, headers, tablefmt="github", disable_numparse=True)


def _largest(fields, number):
    step = {path: errors[number] for path, errors in fields.items() if not path.startswith(_AFTER)}
    known = {path: error for path, error in step.items() if error is not None}
    if not known:
        return ""
    path = max(known, key=lambda path: float(known[path]))
    return f"{_figure(known[path])} (`{path}`)"


def _figure(x):
    return f"{float(x):.3g}"
