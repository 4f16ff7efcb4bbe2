"""The report's section on the errors against extended precision."""

from tabulate import tabulate

from ..compare.accuracy_of_training import LONGEST

_SIDES = ("reference", "port", "quick engine")
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
        What the evaluation is worth here, the largest errors by field and by case.
    """
    return "\n\n".join(
        [
            "## Truth",
            _intro(content),
            _fields(content["cases"]),
            "By case, each side's largest error of the step and the field that has it "
            "(parity.json has all fields):",
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
        "Each field of a training step, and the weights that cnnsetup draws, evaluated once more "
        f"in extended precision ({formats}), and how far each side is from that: in unit "
        "roundoffs of the same step on absolute values, the largest over the values of a field. "
        "A whole training of up to "
        f"{LONGEST} batches is evaluated so too: `trained` is what it leaves, in unit roundoffs "
        "of its last step, and nothing is promised of it, because training amplifies what "
        "rounding begins; `test` counts how many images too many or too few are misclassified "
        "(`er`), and how many images are classified otherwise (`bad`). "
        "Where the reference and the port have the same bits, they have the same error. The quick "
        "engine takes the same step from the same weights. Cases with NaN, Inf, denormals and "
        "huge values are left out: nothing but their bits is promised."
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
        return "refused" if number == len(_SIDES) - 1 else ""
    path = max(known, key=lambda path: float(known[path]))
    return f"{_figure(known[path])} (`{path}`)"


def _figure(x):
    return f"{float(x):.3g}"
