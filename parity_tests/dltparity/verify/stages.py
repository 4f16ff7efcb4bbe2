"""The stages of a verification: what was compared, and the verdicts."""

from ..comparing import compare
from ..noise import MULTIPLE, PERTURBATIONS


class Stages:
    """The stages of a run, each with its rows or why there are none."""

    def __init__(self):
        self.judged, self.not_judged = [], []

    def add(self, name, kind, comparison, verdict, note=""):
        """Keep a stage that was compared."""
        self.judged.append(
            {
                **{"stage": name, "compared": kind, "verdict": verdict, "note": note},
                **{"fields": len(comparison.rows)},
                **{"values": sum(row.values for row in comparison.rows)},
                **{"different": sum(row.different for row in comparison.rows)},
                "first": repr(comparison).partition("\n")[2].splitlines()[:5],
            }
        )

    def skip(self, name, reason):
        """Keep why a stage was not judged."""
        self.not_judged.append({"stage": name, "reason": reason})


def chosen(fields, names):
    """Take the fields of some names."""
    found = {}
    for path, value in fields.items():
        name = path.split("}.", 1)[-1] if path.startswith("layers") else path
        if name.split("{")[0] in names:
            found[path] = value
    return found


def judge_port(stages, name, theirs, ours):
    found = compare(theirs, ours)
    stages.add(name, "the port and Octave", found, "pass" if found.same else "fail")


def judge_saved(session, stages, name, saved, theirs, again, variable, names):
    """Hold the file's own values against Octave's; what differs must be noise."""
    found = compare(saved, theirs)
    if found.same:
        stages.add(name, "the file and Octave", found, "pass", "the same bits")
        return True
    noise = {}
    for seed in range(1, PERTURBATIONS + 1):
        session.eval(again % seed)
        moved = compare(theirs, chosen(session.fields(variable), names))
        for row in moved.rows:
            noise[row.field] = max(noise.get(row.field, 0.0), row.max_abs)
    worst = 0.0
    for row in found.different:
        if row.problem:
            worst = float("inf")
        elif row.max_abs:
            level = noise.get(row.field, 0.0)
            worst = max(worst, row.max_abs / level if level else float("inf"))
    kept = worst <= MULTIPLE
    note = f"rounding: up to {worst:.2g} times the noise" if kept else "more than rounding"
    stages.add(name, "the file and Octave", found, "pass" if kept else "fail", note)
    return kept
