"""The content of pair.json -> pair.html."""

from ..noise import MULTIPLE
from ..pair.story import story
from .engine import render as page

_NO_NOISE = 1e300  # a ratio where a difference is, and no noise


def render(content):
    """Write the content of a pair.json as one HTML file.

    Parameters
    ----------
    content : dict
        From `pair.run.run`.

    Returns
    -------
    str
        HTML.
    """
    pairs = [_pair(number, each) for number, each in enumerate(content["pairs"])]
    return page(
        "pair.html",
        title="Pairs of functions",
        story=story(content),
        multiple=MULTIPLE,
        pairs=sorted(pairs, key=lambda each: each["verdict"] == "pass"),
        failing=[each for each in pairs if each["verdict"] == "fail"],
        provenance=_provenance(content),
    )


def _pair(number, each):
    ratio = each["noise_ratio"]
    return {
        **each,
        "id": f"p{number}",
        "noise": "no noise" if ratio >= _NO_NOISE else f"{ratio:.2g}" if ratio else "",
        "failing": [{"shrunk": None, **one} for one in each["failing"]],
        "nothing": not (each["values"] or each["failed"]),
    }


def _provenance(content):
    rows = [("this run", key, value) for key, value in content["provenance"].items()]
    hashes = [("sha256", each["path"], each["sha256"]) for each in content["files"]]
    return {"rows": rows, "hashes": hashes}
