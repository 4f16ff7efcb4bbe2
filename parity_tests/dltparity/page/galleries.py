"""Pictures of both sides: kernels, activations and losses."""

from .curves import curves
from .pixels import legend, sheet

_WORDS = {"k": "kernels", "a": "activations of the first image"}
_STAGES = {"apply": "after the update", "trained": "after the training"}


def galleries(entries):
    """Draw the pictures that a result holds.

    Parameters
    ----------
    entries : list of dict
        From `comparison.pictures.pictures`, with 'name', 'layers' and the sides' names.

    Returns
    -------
    list of dict
        What the page shows of each.
    """
    return [
        {
            "name": entry["name"],
            "layers": entry.get("layers", ""),
            "sides": entry.get("sides", (entry.get("reference"), "the port")),
            "verdict": entry.get("verdict"),
            "sheets": [_sheet(each) for each in entry["sheets"]],
            "rL": _losses(entry["rL"]),
            "ramps": {name: legend(name) for name in ("values", "difference")},
        }
        for entry in entries
    ]


def _sheet(each):
    size = each["shown"], each["rows"], each["cols"]
    drawn = {"reference": sheet(each["reference"], *size, "values")}
    drawn["port"] = sheet(each["port"] or each["reference"], *size, "values")
    far = each["difference"]
    drawn["difference"] = sheet(far, *size, "difference") if far else None
    what = _WORDS.get(each["field"].rpartition(".")[2], "values")
    return {
        **each,
        "what": what,
        "when": _STAGES.get(each["stage"], ""),
        "drawn": drawn,
        "pixels": each["shown"] * each["rows"] * each["cols"],
    }


def _losses(found):
    if found is None:
        return None
    both = found["reference"], found["port"]
    apart = [None if a is None or b is None else abs(a - b) for a, b in zip(*both, strict=True)]
    return {
        **found,
        "curves": curves({"reference": found["reference"], "port": found["port"]}),
        "apart": None if found["same"] else curves({"difference": apart}, log=True),
        "first": next((x for x in found["reference"] if x is not None), None),
        "last": next((x for x in found["reference"][::-1] if x is not None), None),
    }
