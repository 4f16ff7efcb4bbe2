"""The head of the report of a run: how sure its result is."""

from ..story import counted, some
from .by_case import ENGINES

_JUDGES = {
    "mutation": "the tests",
    "mutation-oracles": "the equations' oracles alone",
    "mutation-recordings": "the standard cases alone",
}
_SWEEPS = {"sweep": "random nets", "sweep-acnn": "random nets of the acnn functions"}
_ORACLES = {
    "complex step": "complex-step derivatives",
    "autograd": "PyTorch's autograd",
    "direct sum": "plain sums",
    "extended": "extended precision",
    "course": "a whole training from the formulas",
}


def sure(content):
    """Say what a result rests on.

    Parameters
    ----------
    content : dict
        Of parity.json.

    Yields
    ------
    str
        A sentence or two.
    """
    if content["cases"]:
        yield _compared(content)
    if lines := content.get("lines"):
        yield _lines(lines)
    for name, judges in _JUDGES.items():
        if (found := content.get(name)) and "mutants" in found:
            yield (
                f"The port was broken on purpose {found['mutants']:,} times, by one small fault "
                f"each time: {judges} noticed {found['killed']:,}; {found['equivalent']:,} have no "
                f"effect{_stale(found)}."
            )
    for name, kind in _SWEEPS.items():
        if (sweep := content.get(name)) and "nets" in sweep:
            yield (
                f"Beyond the cases, {sweep['nets']:,} {kind}: {sweep['values']:,} values, "
                f"{sweep['different']:,} differ{_stale(sweep)}."
            )
    if (engines := content.get("engines")) and "nets" in engines:
        yield (
            f"{engines['nets']:,} random nets went through both engines: "
            f"{len(engines['failing']):,} differ in a field{_stale(engines)}."
        )
    if equations := content.get("equations"):
        rows = equations["rows"]
        kept = sum(row["verdict"] == "pass" for row in rows)
        used = [
            _ORACLES.get(name, name)
            for name in equations["oracles"]
            if any(isinstance(row["oracles"].get(name), (int, float)) for row in rows)
        ]
        yield (
            f"{kept} of the {counted(len(rows), 'equation')} of the network were confirmed by "
            f"computing them in other ways too ({', '.join(used)})."
        )
    if sides := content.get("determinism"):
        rows = sides["determinism"]
        yield (
            "Octave and the port were run twice on some cases: "
            f"{sum(row['same'] for row in rows)} of {counted(len(rows), 'pair')} of runs have the "
            "same bits."
        )


def _compared(content):
    totals, engines = content["totals"], {}
    for case in content["cases"]:
        engine = engines.setdefault(case.get("engine", "lines"), [])
        engine.append(case["verdict"] == "pass")
    each = ", ".join(
        f"{ENGINES.get(name, name)} {sum(kept)} of {len(kept)}" for name, kept in engines.items()
    )
    return (
        f"Every value of every field was compared: {totals['values']:,}, of which "
        f"{totals['different_values']:,} differ in a bit. Comparisons that keep their promise: "
        f"{each}."
    )


def _lines(lines):
    each = [(entry["function"], line) for entry in lines["functions"] for line in entry["lines"]]
    ran = [line for _, line in each if line["steps"]]
    idle = [
        f"{function}.m:{line['line']}{' (' + line['note'] + ')' if line['note'] else ''}"
        for function, line in each
        if not line["steps"]
    ]
    return (
        f"Statement by statement: {len(ran)} of {len(each)} executable lines of the .m files of "
        f"{some([entry['function'] for entry in lines['functions']], 4)} ran"
        f"{', all but ' + some(idle) if idle else ''}; "
        f"{sum(line['values'] for line in ran):,} values that they set were compared, "
        f"{sum(line['different'] for line in ran):,} differ."
    )


def not_measured(content):
    """Say what a run of all cases can show and this result does not.

    Parameters
    ----------
    content : dict
        Of parity.json.

    Yields
    ------
    str
        A sentence with the command that measures it.
    """
    for name, kind in _SWEEPS.items():
        if command := content.get(name, {}).get("not_run"):
            yield f"Not measured: {kind}. `{command}` measures them."
    if command := content.get("engines", {}).get("not_run"):
        yield f"Not measured: random nets through both engines. `{command}` measures them."
    missing = [name for name in _JUDGES if "not_run" in content.get(name, ())]
    if missing:
        judges = "these tests" if missing[0] == "mutation" else _JUDGES[missing[0]]
        yield (
            f"Not measured: whether {judges} would notice a port that was broken on purpose. "
            f"`{content[missing[0]]['not_run']}` measures it."
        )


def _stale(stored):
    """Say what has changed since a stored result was measured."""
    if stored.get("current", True):
        return ""
    return f" (measured before these changed: {some(stored.get('changed') or ['the port'])})"
