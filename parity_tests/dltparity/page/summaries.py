"""A section of the evidence in one line."""

from ..story import counted

_JUDGES = {
    "mutation": "the tests",
    "mutation-oracles": "the equations' oracles",
    "mutation-recordings": "the standard cases",
}


def summary(name, found):
    """Say the result of a section in a line.

    Parameters
    ----------
    name : str
        Of `sections.SECTIONS`.
    found : dict or list
        Its content.

    Returns
    -------
    str
        What would be measured, where nothing was; empty for a section of which no line is known.
    """
    if "not_run" in found:
        judges = _JUDGES.get(name)
        return f"whether {judges} would notice a port broken on purpose" if judges else ""
    if name not in _LINES:
        return ""
    return _LINES[name](name, found)


def _mutation(name, found):
    return (
        f"the port broken on purpose, one small fault at a time: {_JUDGES[name]} noticed "
        f"{found['killed']:,} of {found['mutants']:,}, {found['equivalent']:,} have no effect"
    )


def _sweep(name, found):
    return (
        f"{found['nets']:,} nets, {found['values']:,} values, {found['different']:,} differ, "
        f"{len(found['failing'])} nets break the promise"
    )


def _engines(name, found):
    return f"{found['nets']:,} nets, {len(found['failing']):,} differ"


def _speed(name, found):
    kept = [each["kept"] for each in found["promises"]]
    return f"{sum(map(bool, kept))} of {len(kept)} goals reached"


def _accuracy(name, found):
    names = {case["name"] for case in found["cases"]}
    return f"how far both sides are from extended precision, in {counted(len(names), 'case')}"


def _determinism(name, found):
    rows = found["determinism"]
    return f"run twice: {sum(row['same'] for row in rows)} of {len(rows)} pairs have the same bits"


def _equations(name, found):
    rows = found["rows"]
    return f"{sum(row['verdict'] == 'pass' for row in rows)} of {len(rows)} confirmed"


def _limits(name, found):
    return f"{len(found)} limits of the toolbox that the port keeps"


_LINES = {
    **dict.fromkeys(_JUDGES, _mutation),
    **dict.fromkeys(("sweep", "sweep-acnn"), _sweep),
    **{"accuracy": _accuracy, "determinism": _determinism, "equations": _equations},
    **{"limits": _limits, "engines": _engines, "speed": _speed},
}
