"""The content of a verify-NET.json -> verify-NET.html."""

from ..verify.report import BOUNDS
from ..verify.story import OF_FILE, story
from .divergence import divergence
from .engine import render as page
from .galleries import galleries

# The sides of a comparison, in the order in which a first difference has them.
_SIDES = {
    "the port and Octave": ("Octave", "the port"),
    "the file and Octave": ("the file", "Octave"),
}


def render(content):
    """Write the content of a verify-NET.json as one HTML file.

    Parameters
    ----------
    content : dict
        From `verify.run.run`.

    Returns
    -------
    str
        HTML.
    """
    stages = content["stages"]
    names = list(dict.fromkeys(layer["layer"] for each in stages for layer in each["layers"]))
    names.sort(key=lambda name: (not name[0].isdigit(), len(name), name))
    return page(
        "verify.html",
        title="A net of a file",
        story=story(content),
        firsts=_firsts(stages),
        names=names,
        stages=[_stage(number, each, names) for number, each in enumerate(stages)],
        bounds=BOUNDS if any(each["compared"] == OF_FILE for each in stages) else "",
        not_judged=content["not_judged"],
        galleries=galleries(content.get("pictures", ())),
        provenance=_provenance(content),
    )


def _firsts(stages):
    """Write the first differences out, those with both values before those without."""
    failing = [each for each in stages if each["verdict"] == "fail"]
    failing.sort(key=lambda each: not (each["first"] or {}).get("reference"))
    return [_first(each) for each in failing]


def _first(stage):
    where = f"{stage['stage']}: {stage['compared']}"
    first = stage["first"]
    if first is None:
        return divergence({"problem": stage["note"] or "nothing was compared"}, where)
    problem = None if first.get("reference") else first["wording"]
    found = divergence({**first, "problem": problem, "bound_ratio": first["ratio"]}, where)
    names = _SIDES.get(stage["compared"], ("first", "second"))
    found["sides"] = [(names[side == "port"], value) for side, value in found["sides"]]
    found["note"] = stage["note"]
    return found


def _stage(number, stage, names):
    layers = {layer["layer"]: layer for layer in stage["layers"]}
    return {**stage, "id": f"s{number}", "cells": [layers.get(name) for name in names]}


def _provenance(content):
    facts = content["provenance"]
    rows = [("this run", key, value) for key, value in facts.items() if not isinstance(value, dict)]
    rows += [("BLAS, as Octave names it", name, version) for name, version in facts["blas"].items()]
    rows += [("file", key, value) for key, value in content["writer"].items()]
    hashes = [("sha256", each["path"], each["sha256"]) for each in content["files"]]
    return {"rows": rows, "hashes": hashes}
