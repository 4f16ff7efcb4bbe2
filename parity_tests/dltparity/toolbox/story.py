"""The head of the report on an edited toolbox: what was held against what, with which result."""

from ..exit_codes import BROKEN, KEPT, NOT_MEASURED
from ..story import Story, counted, some
from .run import exit_code

_WORDS = {KEPT: "pass", BROKEN: "fail", NOT_MEASURED: "not measured"}
VERDICTS = {
    "right": "The gradients are right.",
    "right for another loss": "The gradients are those of another loss than the L that is "
    "reported.",
    "wrong": "THE GRADIENTS ARE WRONG.",
    "not measured": "The gradients could not be measured throughout.",
}


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
        _WORDS[exit_code(content)],
        _compared(content),
        _result(content),
        tuple(_sure(content)),
        tuple(_open(content)),
        tuple(f"{each}." for each in content["notes"]),
        content.get("command", ""),
    )


def _compared(content):
    module = f", and the module {content['port']['module']} against it" if content["port"] else ""
    return (
        f"The edited toolbox in {content['folder']} was held against DeepLearnToolbox's own files "
        f"(commit {content['original']['commit'][:7]}) in GNU Octave "
        f"{content['provenance']['octave']}: each function whose code is not the original's, on "
        "standard nets, and its backward pass against numerical differences of its own forward "
        f"pass{module}."
    )


def _result(content):
    said = VERDICTS[content["verdict"]].replace(
        "THE GRADIENTS ARE WRONG", "The gradients are wrong"
    )
    changed = [each["name"] for each in content["functions"] if each["changes"]]
    said += f" Code that is not the original's: {some(changed, 5) or 'none'}."
    port = (content["port"] or {"functions": ()})["functions"]
    apart = [each["name"] for each in port if each["status"] in ("different", "stops")]
    return said + (f" Not the copy's in Python: {some(apart, 5)}." if apart else "")


def _sure(content):
    for entry in content["gradients"]:
        if "groups" in entry:
            checked = sum(group["checked"] for group in entry["groups"])
            yield (
                f"Net that {entry['case']}: {counted(checked, 'number')} of "
                f"{counted(len(entry['groups']), 'group')} of parameters checked by numerical "
                "differences."
            )
    ran = [each["cases"] for each in content["functions"] if each["cases"]]
    if ran:
        yield f"Each changed function ran on up to {counted(max(ran), 'case')}."


def _open(content):
    yield "MATLAB itself was not run: the copy ran in GNU Octave."
    yield from (f"Cannot run in Octave: {each}." for each in content["cannot_run"])
    if content["lacking"]:
        yield f"The copy has no {some(content['lacking'], 5)}: the original's are used."
    for entry in content["gradients"]:
        if "not_measured" in entry:
            yield f"Net that {entry['case']}: not measured, {entry['not_measured']}"
    if content["needs"]:
        yield f"Fields that a standard net has not: {some(content['needs'], 5)} (see --setup)."
