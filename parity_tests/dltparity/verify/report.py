"""What was found of a user's net -> Markdown."""

from tabulate import tabulate

from ..noise import MULTIPLE, PERTURBATIONS
from .story import OF_FILE, story

BOUNDS = (
    "Each value of the file is held against its statement, evaluated in extended precision from "
    "the values that the file holds before it. Its bound holds for any order of the statement's "
    "sums, with or without fused multiply-add, and an exp as good as the GNU C library's."
)
_NOISE = (
    f"No bound is known of these functions: what the file holds may differ from Octave by "
    f"{MULTIPLE} times what one-ulp changes of the net do in Octave (the largest of "
    f"{PERTURBATIONS} draws, in max norm over the array)."
)


def render(content):
    """Write a result as Markdown.

    Parameters
    ----------
    content : dict
        From `run.run`.

    Returns
    -------
    str
        The report.
    """
    failing = [each for each in content["stages"] if each["verdict"] == "fail"]
    files = [[each["path"], each["sha256"]] for each in content["files"]]
    return "\n\n".join(
        [
            "# A net of a file",
            *_head(content),
            _table(content["stages"]),
            *[_first(each) for each in failing],
            "## Layer by layer",
            _layers(content["stages"]),
            *_not_judged(content["not_judged"]),
            _machine(content["provenance"]),
            tabulate(files, ("file", "sha256"), tablefmt="github"),
        ]
    )


def _head(content):
    writer = content["writer"]
    yield from story(content).markdown()
    of_file = [each for each in content["stages"] if each["compared"] == OF_FILE]
    if of_file:
        yield BOUNDS
    else:
        of_file = [each for each in content["stages"] if each["compared"] == "the file and Octave"]
        yield from [_NOISE] if of_file else ()
    if of_file and all(each["verdict"] == "pass" for each in of_file):
        values = sum(each["values"] for each in of_file)
        yield (
            f"**Evidence of {writer['by']}**: {values:,} values that it saved of its last batch "
            "are what these functions give."
        )


def _table(stages):
    rows = [
        [
            *(each["stage"], each["compared"], each["verdict"], each["fields"]),
            *(f"{each['values']:,}", f"{each['different']:,}", _allowed(each), each["note"]),
        ]
        for each in stages
    ]
    headers = ("stage", "compared", "verdict", "fields", "values", "different", "at most", "")
    return tabulate(rows, headers, tablefmt="github", disable_numparse=True)


def _allowed(each):
    if each["ratio"] is None:
        return ""
    return f"{each['ratio']:.2g} {each['unit']}"


def _first(stage):
    first = stage["first"]
    if first is None:
        reason = stage["note"] or "nothing was compared"
        return f"{stage['stage']}, {stage['compared']}: {reason}."
    ratio = "" if first["ratio"] is None else f", {first['ratio']:.3g} {stage['unit']}"
    line = f" (set by {first['line']})" if first["line"] else ""
    return (
        f"{stage['stage']}, {stage['compared']}: the first that differs is {first['wording']}"
        f"{line}{ratio}."
    )


def _layers(stages):
    """One column for each layer: its verdict in each stage."""
    names = list(dict.fromkeys(layer["layer"] for each in stages for layer in each["layers"]))
    names.sort(key=lambda name: (not name[0].isdigit(), len(name), name))
    rows = []
    for each in stages:
        found = {layer["layer"]: layer for layer in each["layers"]}
        cells = [_cell(found[name], each["unit"]) if name in found else "" for name in names]
        rows.append([each["stage"], each["compared"], *cells])
    return tabulate(rows, ("stage", "compared", *names), tablefmt="github", disable_numparse=True)


def _cell(layer, unit):
    if layer["verdict"] == "fail":
        return "FAIL"
    return f"{layer['ratio']:.2g} {unit}" if layer["ratio"] else "bits"


def _not_judged(entries):
    if entries:
        yield "## Not judged"
        yield "\n".join(f"- {each['stage']}: {each['reason']}." for each in entries)


def _machine(facts):
    blas = "; ".join(
        f"{name} BLAS: {version.splitlines()[0]}" for name, version in facts["blas"].items()
    )
    return f"Octave {facts['octave']}; {blas}; {facts['system']}, {facts['cpu']}; {facts['date']}."
