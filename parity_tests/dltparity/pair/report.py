"""What was found of pairs -> Markdown."""

from tabulate import tabulate

from ..noise import MULTIPLE, PERTURBATIONS, PERTURBATIONS_OF_A_PAIR
from .story import story

_HEADERS = (
    *("pair", "promise", "verdict", "inputs", "failed", "unstable"),
    *("values", "different", "times the noise"),
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
    rows = [_row(each) for each in content["pairs"]]
    facts = content["provenance"]
    files = [[each["path"], each["sha256"]] for each in content["files"]]
    return "\n\n".join(
        [
            "# Pairs of functions",
            *story(content).markdown(),
            f"`noise` allows {MULTIPLE} times what one-ulp changes of the inputs do to the .m "
            f"function itself (the largest of {PERTURBATIONS} draws, in max norm over the array; "
            f"of {PERTURBATIONS_OF_A_PAIR}, where those change nothing); an input at which such a "
            "change alters an integer, logical, text, size or index is unstable and not judged, "
            "and more than 5 % of them fail the pair.",
            tabulate(rows, _HEADERS, tablefmt="github", disable_numparse=True),
            *[_failing(each) for each in content["pairs"] if each["verdict"] == "fail"],
            f"Octave {facts['octave']} on {facts['blas'].splitlines()[0]}; Python "
            f"{facts['python']}, numpy {facts['numpy']}, scipy {facts['scipy']}; "
            f"{facts['system']}, {facts['cpu']}; {facts['date']}.",
            tabulate(files, ("file", "sha256"), tablefmt="github"),
        ]
    )


def _row(each):
    ratio = f"{each['noise_ratio']:.2g}" if each["noise_ratio"] else ""
    if each["noise_ratio"] >= 1e300:
        ratio = "no noise"
    return [
        *(each["name"], each["promise"], each["verdict"], each["inputs"], each["failed"]),
        *(each["unstable"], f"{each['values']:,}", f"{each['different']:,}", ratio),
    ]


def _failing(pair):
    parts = [f"## {pair['name']}: {pair['matlab']} and {pair['python']}"]
    if pair["too_unstable"]:
        parts.append(f"Too many inputs are unstable: {pair['unstable_because']}.")
    elif not (pair["values"] or pair["failed"]):
        parts.append("Nothing was compared: on no input that is judged do both return a value.")
    for each in pair["failing"]:
        parts.append(f"Input {each['input']}: {each['what']}")
        if each.get("shrunk"):
            lines = "\n".join(f"    {argument}" for argument in each["shrunk"]["arguments"])
            parts.append(f"Shrunk to: {each['shrunk']['what']}\n\n{lines}")
            if each["shrunk"]["line"]:
                parts.append(
                    f"Of the lines cited, the first that differs: {each['shrunk']['line']}"
                )
    return "\n\n".join(parts)
