"""The head of the report on pairs of functions: what was held against what, with which result."""

from ..story import Story, counted, some


def story(content):
    """Tell a result in sentences.

    Parameters
    ----------
    content : dict
        From `run.run`.

    Returns
    -------
    Story
        The head of the report.
    """
    pairs, facts = content["pairs"], content["provenance"]
    return Story(
        content["verdict"],
        f"{counted(len(pairs), 'pair')} of an .m function, run live in GNU Octave "
        f"{facts['octave']}, and a Python function, described in {content['file']}: what both "
        "return or raise, classes, sizes and every value, on inputs drawn from what the file says.",
        _result(pairs),
        tuple(_sure(pairs)),
        tuple(_open(pairs)),
        command=content.get("command", ""),
    )


def _result(pairs):
    failing = [each for each in pairs if each["verdict"] == "fail"]
    inputs = sum(each["inputs"] for each in pairs)
    if failing:
        apart = "differs" if len(failing) == 1 else "differ"
        names = some([each["name"] for each in failing])
        return f"{len(failing)} of {counted(len(pairs), 'pair')} {apart}: {names}."
    different = sum(each["different"] for each in pairs)
    rest = f", {different:,} of them within the noise" if different else " in every bit"
    return (
        f"{'The pair agrees' if len(pairs) == 1 else f'All {len(pairs)} pairs agree'} on "
        f"{inputs:,} inputs, in {sum(each['values'] for each in pairs):,} values{rest}."
    )


def _sure(pairs):
    for promise in dict.fromkeys(each["promise"] for each in pairs):
        chosen = [each for each in pairs if each["promise"] == promise]
        inputs = sum(each["inputs"] for each in chosen)
        yield f"Promise {promise}: {counted(len(chosen), 'pair')} on {counted(inputs, 'input')}."


def _open(pairs):
    yield "MATLAB itself was not run: the reference is GNU Octave."
    yield "Inputs other than those that the file describes."
    unstable = sum(each["unstable"] for each in pairs)
    if unstable:
        yield f"{counted(unstable, 'input')} at which rounding alone changes a decision."
