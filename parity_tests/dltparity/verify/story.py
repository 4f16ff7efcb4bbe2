"""The head of the report on a net: what was held against what, and with which result."""

import re

from ..story import Story, counted, some

OF_FILE = "the file and its bounds"
_BLAS = re.compile(r" \(\w+ BLAS\)$")


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
    return Story(
        content["verdict"],
        _compared(content),
        _result(content),
        tuple(_sure(content)),
        tuple(_open(content)),
        tuple(f"{each[:1].upper()}{each[1:]}." for each in content["notes"]),
        content.get("command", ""),
    )


def _compared(content):
    writer, octave = content["writer"], content["provenance"]["octave"]
    platform = f" on {writer['platform']}" if writer["platform"] != "unknown" else ""
    functions = {
        "cnn": "DeepLearnToolbox's own .m files",
        "acnn": "this project's own .m files (acnn)",
    }[content["family"]]
    if content["toolbox"]:
        functions = f"the edited toolbox in {content['toolbox']}"
    port = f"the module {content['port']}" if content["port"] else "the Python port"
    return (
        f"The net in {content['file']}, written by {writer['by']}{platform} ({writer['date']}), "
        f"was held against {functions}, run live in GNU Octave {octave}, and against {port}."
    )


def _result(content):
    stages = content["stages"]
    failing = [each for each in stages if each["verdict"] == "fail"]
    lost = [each for each in content["not_judged"] if each["lost"]]
    values = sum(each["values"] for each in stages)
    if failing:
        first = failing[0]["first"]
        where = f", first in {first['field']}" if first else ""
        return (
            f"{len(failing)} of {counted(len(stages), 'comparison')} "
            f"{'fails' if len(failing) == 1 else 'fail'}: {failing[0]['stage']} "
            f"({failing[0]['compared']}){where}."
        )
    if not stages:
        return f"Nothing could be judged: {some([e['reason'] for e in content['not_judged']])}."
    file = "The file, " if any("the file" in each["compared"] for each in stages) else ""
    port = f"the module {content['port']}" if content["port"] else "the Python port"
    said = (
        f"{file}Octave and {port} agree in {counted(len(stages), 'comparison')} of {values:,} "
        "values"
    )
    if lost:
        return f"{said}, but {lost[0]['stage']} could not be judged: {lost[0]['reason']}."
    bits = not any(each["different"] or each["ratio"] is not None for each in stages)
    return f"{said}, {'in every bit' if bits else 'in every bit or within what rounding may do'}."


def _sure(content):
    for each in content["stages"]:
        if each["verdict"] == "pass" and each["compared"] == OF_FILE:
            yield (
                f"{each['values']:,} values of the file ({each['stage']}) are what its statements "
                f"give, at most {each['ratio'] or 0:.2g} of what rounding may do: evidence of "
                f"{content['writer']['by']} itself."
            )
    rest = [each for each in content["stages"] if each["compared"] != OF_FILE]
    same = [each for each in rest if each["verdict"] == "pass" and not each["different"]]
    near = [each for each in rest if each["verdict"] == "pass" and each["different"]]
    if same:
        yield (
            f"The same bits in {sum(each['values'] for each in same):,} values of "
            f"{counted(len(same), 'comparison')}."
        )
    if near:
        most = max(each["ratio"] or 0 for each in near)
        yield (
            f"Within what rounding may do, at most {most:.2g} of it: "
            f"{counted(len(near), 'comparison')}."
        )


def _open(content):
    if content["writer"]["by"].startswith("MATLAB"):
        yield "MATLAB was not run: what its file holds was recomputed in GNU Octave."
    else:
        yield "MATLAB was not run: the reference is GNU Octave."
    reasons = {}
    for each in content["not_judged"]:
        reasons.setdefault(each["reason"], []).append(each["stage"])
    for reason, stages in reasons.items():
        yield f"Not judged: {some(_together(stages), 2)} ({reason})."


def _together(stages):
    """Name a stage once where it stands for several BLAS."""
    plain = [_BLAS.sub("", each) for each in stages]
    names = zip(stages, plain, strict=True)
    return dict.fromkeys(each if plain.count(one) == 1 else one for each, one in names)
