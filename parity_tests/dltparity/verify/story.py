"""The head of the report on a net: what was held against what, and with which result."""

import re

from ..story import Story, counted, some

OF_FILE = "the file and its bounds"
OWN = "dltcnn"
_SAME, _NEAR = "bit for bit", "within rounding error"
_OPTIONS = ("alpha", "batchsize", "numepochs")
_BLAS = re.compile(r" \((\w+) BLAS\)$")
_GIVE = re.compile(r"give (--\w+)")


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
        tuple(map(_sentence, content["notes"])),
        content.get("command", ""),
    )


def _sentence(note):
    """Begin with a capital letter, unless it is that of a variable or a file."""
    word = note.split(" ", 1)[0]
    is_name = not word.isalpha() or len(word) == 1 or word in _OPTIONS
    return f"{note if is_name else note[:1].upper() + note[1:]}."


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
    if failing:
        first = failing[0]["first"]
        where = f", first in {first['field']}{_size(first)}" if first else ""
        cause = f"{content['cause']}. " if content.get("cause") else ""
        return (
            f"{cause}{len(failing)} of {counted(len(stages), 'comparison')} "
            f"{'fails' if len(failing) == 1 else 'fail'}: {failing[0]['stage']} "
            f"({failing[0]['compared']}){where}."
        )
    if not stages:
        return f"Nothing could be judged: {some([e['reason'] for e in content['not_judged']])}."
    if lost:
        wording = _agreement(content)
        return f"{wording}; but {lost[0]['stage']} could not be judged: {lost[0]['reason']}."
    rest = left(content)
    return f"{'Partly judged: ' if rest else ''}{_agreement(content)}.{rest}"


def _agreement(content):
    """Say apart what the file holds and what was computed from it."""
    of_file = [each for each in content["stages"] if each["compared"] == OF_FILE]
    of_file = of_file or [e for e in content["stages"] if e["compared"] == "the file and Octave"]
    sides = [each for each in content["stages"] if "the file" not in each["compared"]]
    port = f"the module {content['port']}" if content["port"] else "the Python port"
    parts = []
    if of_file:
        values = sum(each["values"] for each in of_file)
        near = any(each["different"] or each["ratio"] is not None for each in of_file)
        parts.append(
            f"{counted(values, 'number')} saved by {content['writer']['by']} agree with the "
            f"toolbox's statements {_NEAR if near else _SAME}"
        )
    if sides:
        parts.append(f"{port} and Octave agree {_anew(content, sides)}")
    parts = "; ".join(parts)
    return f"{parts[:1].upper()}{parts[1:]}"


def _anew(content, stages):
    """Say how well values that were computed anew agree, on each BLAS apart."""
    names, found = list(content["provenance"]["blas"]), {}
    for each in stages:
        on = _BLAS.search(each["stage"])
        blas = on[1] if on else names[0]  # the last batch is judged on the first
        values, near = found.get(blas, (0, False))
        found[blas] = values + each["values"], near or bool(each["different"])
    (first, (most, near)), *others = found.items()
    wording = f"{_NEAR if near else _SAME} in {counted(most, 'value')} computed anew"
    if not others:
        return wording
    if {*found.values()} == {(most, near)}:
        return f"{wording}, on each of {len(found)} BLAS"
    more = "".join(
        f", and {'' if other == near else f'{_NEAR if other else _SAME} '}in {count:,} on the "
        f"{blas} BLAS"
        for blas, (count, other) in others
    )
    return f"{wording} on the {first} BLAS{more}"


def left(content):
    """Say what was judged on no BLAS, and what would have it judged.

    Parameters
    ----------
    content : dict
        What `run` returns.

    Returns
    -------
    str
        A sentence with a blank before it; empty where nothing was left out.
    """
    judged = {_plain(each["stage"]).split(",")[0] for each in content["stages"]}
    missing = [each for each in content["not_judged"] if _plain(each["stage"]) not in judged]
    if not missing:
        return ""
    names = dict.fromkeys(_plain(each["stage"]) for each in missing)
    wanted = sorted({word for each in missing for word in _GIVE.findall(each["reason"])})
    without = f" without {' and '.join(wanted)}" if wanted else ""
    if "--opts" in wanted:
        without += " (alpha, batchsize, numepochs)"
    return f" Not judged{without}: {some(sorted(names, key=len))}."


def _plain(stage):
    return _BLAS.sub("", stage).removesuffix(" on the data")


def _size(first):
    """Say how many times what is allowed a difference is."""
    ratio = first["ratio"]
    return f", {ratio:.2g} times what rounding may do" if ratio is not None else ""


def _sure(content):
    writer = content["writer"]
    found = [e for e in content["stages"] if e["verdict"] == "pass" and e["compared"] == OF_FILE]
    if found:
        parts = ", ".join(f"{each['values']:,} of the {each['stage']}" for each in found)
        most = max(each["ratio"] or 0 for each in found)
        # What save_net wrote may have come from MATLAB: it tells who saved, not who computed.
        by = f"{'saved' if writer['by'] == OWN else 'computed'} by {writer['by']}"
        yield (
            f"The file's own numbers ({parts}) were {by} itself "
            f"({writer['date']}). They are what the toolbox's statements give: the largest "
            f"difference is {most:.0%} of the rounding error allowed."
        )
    rest = [each for each in content["stages"] if each["compared"] != OF_FILE]
    same = [each for each in rest if each["verdict"] == "pass" and not each["different"]]
    near = [each for each in rest if each["verdict"] == "pass" and each["different"]]
    if same:
        yield (
            f"Computed anew, with the same bits: {counted(len(same), 'comparison')} of "
            f"{sum(each['values'] for each in same):,} values."
        )
    if near:
        most = max(each["ratio"] or 0 for each in near)
        yield (
            f"Computed anew, within rounding error: {counted(len(near), 'comparison')} of "
            f"{sum(each['values'] for each in near):,} values; the largest difference is "
            f"{most:.0%} of what is allowed."
        )


def _open(content):
    if content["writer"]["by"].startswith("MATLAB"):
        yield "MATLAB was not run again: what it saved was recomputed in GNU Octave."
    elif content["writer"]["by"] == OWN:
        yield "MATLAB was not run, and did not write the file: dltcnn's save_net did."
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
