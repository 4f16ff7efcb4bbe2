"""One net of a sweep of the acnn functions: drawn, run on both sides, judged."""

from ..cases.random_acnn import features, random_acnn
from ..compare.acnn_rows import compare_acnn, first_acnn_divergence
from ..traces.acnn import octave_trace, port_trace

APART = 1_000_000  # the seeds of one sweep's nets; at most as many nets each


def do(session, settings, number, attempt):
    """Run one net of a sweep.

    Parameters
    ----------
    session : Octave
        A session with the acnn folder on its path.
    settings : job.Settings
        Of the sweep.
    number : int
        Which net.
    attempt : callable
        Gives what a call returns and None, or None and what it says instead.

    Returns
    -------
    dict
        As `job.do` gives it, with 'has', what the net has (see `random_acnn.FEATURES`); a failing
        net is not shrunk and has no case file, 'drawn' is the seed that draws it again.
    """
    seed = settings.seed * APART + number
    case = random_acnn(seed)
    ours, we_say = attempt(lambda: port_trace(case))
    theirs, they_say = attempt(lambda: octave_trace(session, case))
    rows, problem = {}, ""
    if we_say or they_say:
        problem = f"the reference says {they_say or 'nothing'}, the port {we_say or 'nothing'}"
    else:
        rows = compare_acnn(theirs, ours)
    values = sum(row.values for row in rows.values())
    wrong = first_acnn_divergence(rows)
    has = features(case)
    entry = {
        "net": number,
        "verdict": "fail" if wrong or not values else "pass",
        "values": values,
        "different": sum(row.different for row in rows.values()),
        "class": "single" if "single" in has else "double",
        "special": "NaN, Inf" in has,
        "has": sorted(has),
    }
    if entry["verdict"] == "fail":
        entry |= {
            "first": _where(wrong) if wrong else {"problem": problem or "nothing was compared"},
            "drawn": {
                "seed": seed,
                "layers": "-".join(layer["type"] for layer in case.layers),
            },
        }
    return entry


def _where(row):
    """Say where the sides part."""
    return {"field": row.field, "port": row.port, "problem": row.problem}
