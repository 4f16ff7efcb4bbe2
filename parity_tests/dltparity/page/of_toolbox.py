"""The content of toolbox.json -> toolbox.html."""

from ..toolbox.report import STATUS
from ..toolbox.story import net_of, story
from .divergence import divergence
from .engine import render as page

_KEPT = ("the original's", "same", "layout", "bits", "rounding", "same bits")
_QUIET = ("not judged",)


def render(content):
    """Write the content of a toolbox.json as one HTML file.

    Parameters
    ----------
    content : dict
        From `toolbox.run.run`.

    Returns
    -------
    str
        HTML.
    """
    port = content["port"] or {"module": "", "functions": ()}
    return page(
        "toolbox.html",
        title="An edited toolbox",
        story=story(content),
        wrong=[_gradients(e) for e in content["gradients"] if e.get("first_wrong")],
        gradients=[_gradients(each) for each in content["gradients"]],
        repair=content["repair"],
        module=port["module"],
        port=[_ported(each) for each in port["functions"]],
        functions=[_function(n, each) for n, each in enumerate(content["functions"])],
        provenance=_provenance(content),
    )


def _mark(status):
    return "pass" if status in _KEPT else "quiet" if status in _QUIET else "fail"


def _gradients(entry):
    entry = {**entry, "net": net_of(entry["case"])}
    if "not_measured" in entry:
        return {**entry, "groups": []}
    groups = [
        {
            **group,
            "error": group["errors"].get("L"),
            "verdict": group["verdicts"].get("L", "not judged"),
            "wrong": group["verdicts"].get("L") == "wrong",
        }
        for group in entry["groups"]
    ]
    return {"not_measured": "", **entry, "groups": groups}


def _ported(each):
    first = None
    if each["wording"]:
        line = each["line"] or None
        first = divergence(
            {"problem": each["wording"]}, f"{each['name']}, on the net {each['case']}"
        )
        first["note"] = f"Of the lines cited, the first that differs: {line}" if line else ""
    return {**each, "mark": _mark(each["status"]), "first": first}


def _function(number, each):
    status = each["status"]
    return {
        "fields": (),
        "stops": (),
        "notes": (),
        **each,
        "id": f"f{number}",
        "words": STATUS[status],
        "mark": "changed" if status == "different" else _mark(status),
    }


def _provenance(content):
    rows = [("this run", key, value) for key, value in content["provenance"].items()]
    rows += [("original", key, value) for key, value in content["original"].items()]
    hashes = [("sha256", each["path"], each["sha256"]) for each in content["files"]]
    return {"rows": rows, "hashes": hashes}
