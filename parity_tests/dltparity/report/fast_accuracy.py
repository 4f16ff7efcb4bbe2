"""The report on the quick engine's accuracy."""

from tabulate import tabulate


def render(content):
    """Write what `checks.fast_accuracy.gather` found as Markdown.

    Parameters
    ----------
    content : dict
        As `gather` returns it.

    Returns
    -------
    str
        The section.
    """
    return "\n\n".join([_summary(content), _epoch(content["epoch"]), _fields(content), _legend()])


def _summary(content):
    cases = content["cases"]
    broken = [case for case in cases if case["verdict"] == "fail"]
    text = (
        "## The quick engine's accuracy\n\n"
        f"**{content['verdict'].upper()}.** One step of {len(cases)} nets, "
        f"{sum(case['values'] for case in cases):,} values: {len(broken)} nets break the promise. "
        f"The largest difference is {_largest(cases, 'max_bound_ratio')} of its rounding bound, "
        f"the largest error {_largest(cases, 'max_error_ratio')} of the error allowed."
    )
    lines = [
        f"- {case['name']} ({case['layers']}, {case['class']}): {case['field']} at "
        f"{case['max_error_ratio']:.3g} of the error allowed, {case['max_bound_ratio']} of the "
        f"bound; {'; '.join(case['problems'])}"
        for case in (*broken, content["epoch"])
        if case["verdict"] == "fail"
    ]
    return "\n".join([text, *lines])


def _largest(cases, key):
    return f"{max(case[key] for case in cases if case[key] is not None):.3f}"


def _epoch(epoch):
    er = epoch["test_error"]
    return (
        f"An epoch on {epoch['images']['train']:,} images ({epoch['source']}), tested on "
        f"{epoch['images']['test']:,}: test error {er['exact']:.2%} with the exact engine, "
        f"{er['fast']:.2%} with the quick one. The next step from there: "
        f"{epoch['max_error_ratio']:.3f} of the error allowed."
    )


def _fields(content):
    """Tabulate the largest error ratios: a row per field, a column per class."""
    names = dict.fromkeys(key.split()[1] for key in content["fields"])
    rows = [
        [f"`{name}`", *(content["fields"].get(f"{cls} {name}") for cls in ("double", "single"))]
        for name in names
    ]
    return tabulate(rows, ["field", "double", "single"], tablefmt="github", floatfmt=".3f")


def _legend():
    return (
        "The table shows a field's largest error against extended precision, in units of what is "
        "allowed: four times the line-by-line port's own error, or four unit roundoffs of the step "
        "on absolute values where that is more. At most 1 keeps the promise."
    )
