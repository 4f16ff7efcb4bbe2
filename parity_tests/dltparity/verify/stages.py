"""The stages of a verification: what was compared, layer by layer, and the verdicts."""

import re

from ..comparing import wording
from ..comparison.by_stage import number
from ..comparison.pictures import pictures
from ..comparison.set_by import set_by
from ..traces.trace import field_name, flow_order

PASS, FAIL = "pass", "fail"


class Stages:
    """The stages of a run, each with its layers, or why it was not judged.

    Parameters
    ----------
    net : Net
        The net, for its layers.
    lines : bool
        Whether the functions are the toolbox's own, whose lines are known.
    """

    def __init__(self, net, lines):
        self.judged, self.not_judged, self.pictures = [], [], []
        self.cause = ""  # of what fails, where it was found
        self._kinds = [layer.type for layer in net.layers]
        self._spec = [{"type": kind} for kind in self._kinds] if lines else None

    def add(self, stage, name, compared, rows, measured=None, unit="", note=""):
        """Keep a stage that was compared.

        Parameters
        ----------
        stage : str
            Of a trace, such as 'ff': it orders the fields.
        name, compared : str
            The stage, and the two sides, for the report.
        rows : sequence of Row
            The fields.
        measured : dict of str to float, optional
            Field -> its difference in units of what is allowed; without it bits are promised.
        unit : str
            What these units are.
        note : str
            What else is to be said.

        Returns
        -------
        bool
            Whether all of it is kept.
        """
        rows = sorted(rows, key=lambda row: flow_order(f"{stage}.{row.field}"))
        broken = [row for row in rows if not _kept(row, measured)]
        layers = {}
        for row in rows:
            layers.setdefault(self._layer(row.field), []).append(row)
        self.judged.append(
            {
                **{"stage": name, "compared": compared, "unit": unit, "note": note},
                **_figures(rows, measured),
                "layers": [
                    {
                        "layer": layer,
                        **_figures(layers[layer], measured),
                        "groups": _groups(layers[layer], measured),
                    }
                    for layer in sorted(layers, key=self._place)
                ],
                "first": self._first(stage, broken[0], measured) if broken else None,
            }
        )
        return bool(rows) and not broken

    def stopped(self, name, compared, reason):
        """Keep a stage in which one side stops where the other does not: it fails."""
        self.add("ff", name, compared, (), note=" ".join(reason.split()))

    def skip(self, name, reason, lost=False):
        """Keep why a stage was not judged; `lost`: it was to be."""
        entry = {"stage": name, "reason": " ".join(reason.split()), "lost": lost}
        self.not_judged.append(entry)

    def show(self, name, sides, first, second, **stages):
        """Keep pictures of two sides.

        Parameters
        ----------
        name : str
            What they are of.
        sides : sequence of str
            Names of the sides; one where both are the same.
        first, second : dict of str to numpy.ndarray
            The fields, with their stages.
        stages : str
            As for `comparison.pictures.pictures`.
        """
        shown = pictures(first, second, **stages)
        if shown["sheets"] or shown["rL"]:
            self.pictures.append({"name": name, "sides": list(sides), **shown})

    def _layer(self, path):
        found = re.match(r"layers\{(\d+)\}", path)
        return f"{found[1]} ({self._kinds[int(found[1]) - 1]})" if found else "output"

    def _place(self, layer):
        return int(layer.split()[0]) if layer[0].isdigit() else len(self._kinds) + 1

    def _first(self, stage, row, measured):
        ratio = (measured or {}).get(row.field)
        return {
            "field": row.field,
            "line": set_by(f"{stage}.{row.field}", self._spec) if self._spec else None,
            "index": row.index and list(row.index),
            "ratio": None if ratio is None else min(ratio, 1e300),
            "wording": wording(row) if not row.same else f"{row.field}: more than its bound",
            **{"reference": row.reference, "port": row.port},
        }


def _kept(row, measured):
    if measured is None or row.field not in measured:
        return row.same
    return row.problem is None and measured[row.field] <= 1


def _figures(rows, measured):
    ratios = [measured[row.field] for row in rows if measured and row.field in measured]
    kept = rows and all(_kept(row, measured) for row in rows)
    return {
        "verdict": PASS if kept else FAIL,
        "fields": len(rows),
        "values": sum(row.values for row in rows),
        "different": sum(row.different for row in rows),
        "ratio": min(max(ratios), 1e300) if ratios else None,
    }


def _groups(rows, measured):
    """Sum the arrays of a cell up: a row for each field of a layer."""
    found = {}
    for row in rows:
        found.setdefault(re.sub(r"(\{\d+\})+$", "", row.field), []).append(row)
    return [
        {
            **{"field": name, **_figures(group, measured)},
            "max_abs": number(max(row.max_abs for row in group)),
            "problem": next((row.problem for row in group if row.problem), None),
        }
        for name, group in found.items()
    ]


def chosen(fields, names):
    """Take the fields of some names."""
    return {path: value for path, value in fields.items() if field_name(path) in names}
