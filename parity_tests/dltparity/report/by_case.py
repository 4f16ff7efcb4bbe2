"""Comparisons of parity.json, grouped by their case: a cell for each stage, the worst counts."""

from ..traces.trace import STAGES

ENGINES = {"lines": "line by line", "compiled": "compiled"}
NAMES = {
    "setup": "setup",
    "ff": "forward",
    "bp": "back",
    "apply": "update",
    "train": "training",
    "trained": "trained",
    "test": "test",
}


def by_case(cases):
    """Group comparisons by case.

    Parameters
    ----------
    cases : list of dict
        Entries of parity.json's 'cases'. Those of an older file have no stages: no cell is known.

    Returns
    -------
    list of dict
        'name', 'layers', 'class', 'seed', 'verdict', 'cells' (one a stage, None where it is not
        known) and 'comparisons'; what fails comes first.
    """
    found = {}
    for case in cases:
        found.setdefault(case["name"], []).append(case)
    rows = [_row(name, group) for name, group in found.items()]
    return sorted(rows, key=lambda row: row["verdict"] == "pass")


def _row(name, group):
    first = group[0]
    return {
        **{"name": name, "layers": first["layers"] or "input only"},
        **{"class": first["class"], "seed": first["seed"]},
        "verdict": "fail" if any(case["verdict"] == "fail" for case in group) else "pass",
        "cells": [_cell(stage, group) for stage in STAGES],
        "comparisons": group,
    }


def _cell(stage, group):
    found = [each for case in group for each in case.get("stages", ()) if each["stage"] == stage]
    if not found:
        return None
    return {
        "broken": any(each["broken"] for each in found),
        "same": not any(each["different"] or each["broken"] for each in found),
        "ulp": max(float(each["max_ulp_of_scale"]) for each in found),
    }
