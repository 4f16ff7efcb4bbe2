"""The mutation score of the port's line-by-line files, and what is known of each of them."""

from collections import Counter
from datetime import UTC, datetime
from importlib.metadata import version
from typing import NamedTuple

from dltparity import fingerprint, port_state

from . import by_tests, oracles, plan, processes, suite, trial
from .excuses import beyond, excuses
from .mutants import Change, Mutant, mutants
from .trial import SURVIVED

# Of all mutants; of the oracles, which know formulas alone, of those that have an effect.
LEAST = {"tests": 0.95, "oracles": 0.95, "recordings": 0.85}
ALL_EXCUSED = ("tests", "oracles")  # each that is left needs a reason


class Due(NamedTuple):
    """What is left to do about a module.

    Attributes
    ----------
    tried, kept : list of Mutant
        Those to be judged, and those that survived before and are not judged again.
    found : dict of str to int
        Judge -> how many it found before.
    by : set of str or None
        The files with tests that judge; None lets every judge do so.
    """

    tried: list
    kept: list
    found: dict
    by: set | None = None


def score(files, jobs, known, progress, keep, kind="tests"):
    """Judge the mutants of some modules.

    Parameters
    ----------
    files : sequence of str
        Modules of the port.
    jobs : int
        Processes at a time.
    known : dict
        What an earlier run kept, or empty. Where nothing has changed since (port, tests, harness,
        .m files, Octave, machine), nothing is judged again; where tests were added, what survived
        is, by these alone.
    progress : callable
        Called with an iterable, its length and its name; yields from it.
    keep : callable
        Called after each module with what is known, as `summary` makes it.
    kind : str
        Who judges, of `plan.KINDS`: all tests, the equations' oracles alone, or the recordings of
        the standard cases alone, which is what `dltparity run` compares.

    Returns
    -------
    dict
        The last of these.
    """
    entries = {entry["file"]: entry for entry in known.get("files", ())}
    depends_on = fingerprint.everything()
    suite.remember(depends_on["tests"])
    due = {file: _due(file, entries.get(file), depends_on, kind) for file in files}
    excused = excuses(kind)

    def work(judges):
        for file in files:
            tried, kept, found, _ = due[file]
            for name, how in judges.get(file, ()):
                asked = [each for each in tried if _asked(each, name, excused)]
                trials = processes.judge(((mutant, *how(mutant)) for mutant in asked), jobs)
                outcomes = dict(progress(trials, len(asked), f"{file}.py, {name}"))
                left = [mutant for mutant in tried if outcomes.get(mutant, SURVIVED)]
                found[name] = found.get(name, 0) + len(tried) - len(left)
                tried = left
            if due[file].tried or file not in entries:
                entries[file] = _entry(file, depends_on, found, tried, kind)
            else:
                today = {"depends_on": depends_on, "left": _described(kept, kind)}
                entries[file] = entries[file] | today
            keep(summary(entries, kind))

    _JUDGES[kind]({file: each for file, each in due.items() if each.tried}, jobs, work)
    return summary(entries, kind)


def _asked(mutant, judge, excused):
    """Tell whether a judge is asked about a mutant.

    The other tests would be asked one and all about what has an excuse, and mostly in vain: that
    is left, which can only lower the score.
    """
    return judge != by_tests.OTHERS or mutant.change()[1] not in excused


def _due(file, entry, depends_on, kind="tests"):
    added = None if entry is None else _added(entry["depends_on"], depends_on)
    if added is None or _lost_excuse(entry, kind):
        return Due(plan.judged(kind, mutants([file])), [], {})
    left = [Mutant(file, each["operator"], each["occurrence"]) for each in entry["left"]]
    by = added & {*plan.tests([file])} if kind == "tests" else set()
    tried, kept = (left, []) if by else ([], left)
    return Due(tried, kept, dict(entry["found"]), by)


def _lost_excuse(entry, kind):
    """Tell whether a mutant of a module has no excuse any more: not all judges have seen it."""
    known = excuses(kind)
    return any(
        each["reason"] is not None and Change(*(each[key] for key in Change._fields)) not in known
        for each in entry["left"]
    )


def _added(then, now):
    """Name the files to which tests were added; None where something else has changed."""
    if then == now:
        return set()
    return suite.added_since(then["tests"]) if then | {"tests": now["tests"]} == now else None


def _tests(due, jobs, work):
    """Let all tests judge."""
    if not due:
        return work({})
    return by_tests.judging({file: each.by for file, each in due.items()}, jobs, work)


def _oracles(due, jobs, work):
    """Let the oracles of the equations judge, alone."""
    way = oracles.try_oracles, (oracles.known() if due else {},)
    _alone("the oracles", way, due, work)


def _recordings(due, jobs, work):
    """Let the recordings of all standard cases judge, alone."""
    _alone("recordings", (trial.try_recordings, ()), due, work)


def _alone(name, way, due, work):
    if due:
        processes.check_sound({name: way})
    work({file: [(name, lambda mutant: way)] for file in due})


_JUDGES = {"tests": _tests, "oracles": _oracles, "recordings": _recordings}


def _entry(file, depends_on, found, left, kind):
    """Describe what is known of a module that was judged just now."""
    return {
        "file": file,
        "source": port_state.source(file),
        "depends_on": depends_on,
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "mutants": sum(found.values()) + len(left),
        "found": found,
        "left": _described(left, kind),
    }


def _described(left, kind):
    """Describe mutants that survived: what they change, and the excuse where there is one."""
    known, effective = excuses(kind), beyond(kind)
    described = []
    for mutant in left:
        line, change = mutant.change()
        named = {"operator": mutant.operator, "occurrence": mutant.occurrence}
        reason = {"reason": known.get(change), "has_effect": change in effective}
        described.append({"line": line, **change._asdict(), **named, **reason})
    return described


def summary(entries, kind="tests"):
    """Count what was found, what survived, and what could not be found.

    Parameters
    ----------
    entries : dict of str to dict
        Module -> what is known of it.
    kind : str
        As for `score`.

    Returns
    -------
    dict
        Tool, counts, score before and after what has no effect is taken out, and the entries;
        JSON types only.
    """
    chosen = [entries[file] for file in plan.KINDS[kind] if file in entries]
    left = [mutant for entry in chosen for mutant in entry["left"]]
    excused = [mutant for mutant in left if mutant["reason"] is not None]
    without_effect = sum(not mutant.get("has_effect") for mutant in excused)
    total = sum(entry["mutants"] for entry in chosen)
    killed = total - len(left)
    stages = Counter()
    for entry in chosen:
        stages.update(entry["found"])
    detectable = total - without_effect
    kept = total and killed >= LEAST[kind] * (detectable if kind == "oracles" else total)
    if kind in ALL_EXCUSED:
        kept = kept and len(excused) == len(left)
    missing = [file for file in plan.KINDS[kind] if file not in entries]
    return {
        "kind": kind,
        "tool": "cosmic-ray",
        "version": version("cosmic-ray"),
        "mutants": total,
        "killed": killed,
        "equivalent": without_effect,
        "beyond": len(excused) - without_effect,
        "score": killed / total if total else 0.0,
        "score_without_equivalents": killed / detectable if detectable else 0.0,
        "idle_excuses": _idle(chosen, kind),
        "not_measured": missing,
        "verdict": "fail" if not kept else "unfinished" if missing else "pass",
        "stages": dict(stages),
        "files": chosen,
    }


def _idle(entries, kind):
    """List excuses for what no mutant does any more: they can go.

    Another kind of judge may need those of mutants that this kind does not judge.
    """
    used = {Change(*(m[key] for key in Change._fields)) for e in entries for m in e["left"]}
    files = {entry["file"] for entry in entries}
    idle = [each for each in excuses(kind) if each.file in files and each not in used]
    return [" ".join(each) for each in idle if plan.knows(kind, each)]
