"""One net of a sweep of the acnn functions: drawn, run in Octave and in the port, judged."""

from ..cases.random_acnn import features, random_acnn
from ..comparison.acnn_rows import compare_acnn, first_acnn_divergence
from ..traces.acnn import octave_trace, port_trace

APART = 1_000_000  # the seeds of one sweep's nets; at most as many nets each


def do(session, settings, number, attempt):
    """Run one net of a sweep.

    Parameters
    ----------
    session : Octave
        A session with the acnn folder on its path.
    settings : job.Settings
        Those of the sweep.
    number : int
        The number of the net.
    attempt : callable
        Returns the value of a call and None, or None and the words of its error.

    Returns
    -------
    dict
        As `job.do` gives it, with 'has', the features of the net (see `random_acnn.FEATURES`). A
        failing net is not shrunk and has no case file; 'drawn' has the seed that draws it again.
    """
    seed = settings.seed * APART + number
    case = random_acnn(seed)
    ours, our_error = attempt(lambda: port_trace(case))
    theirs, their_error = attempt(lambda: octave_trace(session, case))
    rows, problem = {}, ""
    if our_error or their_error:
        words = their_error or "nothing", our_error or "nothing"
        problem = "the reference says {}, the port {}".format(*words)
    else:
        rows = compare_acnn(theirs, ours)
    values = sum(row.values for row in rows.values())
    wrong = first_acnn_divergence(rows)
    has = features(case)
    nan = sum(row.nan for row in rows.values())
    entry = {
        "net": number,
        "verdict": "fail" if wrong or not values else "pass",
        "values": values,
        "different": sum(row.different for row in rows.values()),
        "nan": nan,
        "vacuous": 2 * nan > values and "NaN, Inf" not in has,
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
    """Name the first difference."""
    return {"field": row.field, "port": row.port, "problem": row.problem}
