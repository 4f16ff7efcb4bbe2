"""The head of the report on an edited toolbox: what was held against what, with which result."""

from math import isfinite

from ..exit_codes import BROKEN, KEPT, NOT_MEASURED
from ..story import Story, counted, some
from .run import exit_code
from .slopes import ALLOWED

_WORDS = {KEPT: "pass", BROKEN: "fail", NOT_MEASURED: "not measured"}
_NETS = {
    "ends with s": "Net with a subsampling layer last",
    "ends with c": "Net with a convolution layer last",
}
VERDICTS = {
    "right": "The gradients are right.",
    "right for another loss": "The gradients are those of another loss than the L that is "
    "reported.",
    "wrong": "The gradients are wrong.",
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
        f"The edited toolbox in “{content['folder']}” was held against DeepLearnToolbox's own "
        f"files (commit {content['original']['commit'][:7]}) in GNU Octave "
        f"{content['provenance']['octave']}: each function whose code is not the original's, on "
        "standard nets, and its backward pass against numerical differences of its own forward "
        f"pass{module}."
    )


def _result(content):
    changed = [each["name"] for each in content["functions"] if each["changes"]]
    wording = VERDICTS[content["verdict"]]
    if content["verdict"] == "wrong":
        wording = (
            f"The gradients are wrong: {_cause(changed)}. {_figures(content)}{_remedy(content)}"
        )
    elif changed:
        wording += f" Changed functions: {some(changed, 5)}."
    else:
        wording += " No function is changed."
    port = (content["port"] or {"functions": ()})["functions"]
    apart = [each["name"] for each in port if each["status"] in ("different", "stops")]
    return wording + (f" Not the copy's in Python: {some(apart, 5)}." if apart else "")


def _cause(changed):
    """Say which functions do not belong to each other."""
    if not changed:
        return "cnnbp does not match cnnff, though no function is changed"
    if "cnnbp" in changed:
        return f"{some(changed, 5)} {_was(changed)} changed, and cnnbp does not match cnnff"
    it = "it" if len(changed) == 1 else "them"
    return f"{some(changed, 5)} {_was(changed)} changed; the unchanged cnnbp does not match {it}"


def _was(names):
    return "was" if len(names) == 1 else "were"


def _groups(content):
    return [group for entry in content["gradients"] for group in entry.get("groups", ())]


def _wrong(groups):
    return [group for group in groups if group["verdicts"].get("L") == "wrong"]


def _figures(content):
    groups = _groups(content)
    wrong = _wrong(groups)
    errors = [group["errors"]["L"] for group in wrong if group["errors"].get("L") is not None]
    most = f", by up to {max(errors):.0%}" if errors and isfinite(max(errors)) else ""
    verb = "is" if len(wrong) == 1 else "are"
    return f"{len(wrong)} of {counted(len(groups), 'gradient')} {verb} off{most}."


def _remedy(content):
    """Say which places, put back, mend it."""
    sets = (content["repair"] or {"sets": ()})["sets"]
    if not sets:
        return ""
    places = some([change["place"] for change in sets[0]], 4)
    return f" With the original's {places} they are right."


def net_of(case):
    """Name the net of a check by its last layer."""
    return _NETS.get(case, f"Net that {case}")


def _sure(content):
    for entry in content["gradients"]:
        if "groups" in entry:
            checked = sum(group["checked"] for group in entry["groups"])
            yield (
                f"{net_of(entry['case'])}: {counted(checked, 'number')} in "
                f"{counted(len(entry['groups']), 'gradient')} were checked numerically; "
                f"{counted(len(_wrong(entry['groups'])), 'gradient')} "
                f"{'is' if len(_wrong(entry['groups'])) == 1 else 'are'} wrong."
            )
    if _groups(content):
        yield (
            f"A gradient counts as right where its relative error is at most {ALLOWED:.1e}, or no "
            "more than the numerical differences can tell."
        )
    ran = [each for each in content["functions"] if each["cases"]]
    if ran:
        cases = ", ".join(f"{each['name']} on {counted(each['cases'], 'case')}" for each in ran[:5])
        yield f"Beside the original's, changed functions ran: {cases}."


def _open(content):
    yield "MATLAB itself was not run: the copy ran in GNU Octave."
    yield "Nets of other sizes and depths, and other options, were not tried."
    yield from (f"Cannot run in Octave: {each}." for each in content["cannot_run"])
    if content["lacking"]:
        yield f"The copy has no {some(content['lacking'], 5)}: the original's are used."
    for entry in content["gradients"]:
        if "not_measured" in entry:
            yield f"{net_of(entry['case'])}: not measured, {entry['not_measured']}"
    if content["needs"]:
        yield f"Fields that a standard net has not: {some(content['needs'], 5)} (see --setup)."
