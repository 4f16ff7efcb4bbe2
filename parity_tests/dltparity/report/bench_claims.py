"""The claims of the notes as a table."""

from tabulate import tabulate


def claims(rows):
    """Write the claims as Markdown.

    Parameters
    ----------
    rows : list of dict
        As `dltparity.bench.claims.gather` returns them.

    Returns
    -------
    str
        The table of claims, and the times behind it.
    """
    return "\n\n".join([_verdicts(rows), *_compared(rows), _times(rows), *_skipped(rows)])


def verdict(ratio):
    """Say whether the advised method is the quicker one: where most rounds agree."""
    low, high = ratio["quartiles"]
    return "holds" if high < 1 else "does not hold" if low > 1 else "makes no difference"


def _verdicts(rows):
    found = [
        [
            claim["claim"],
            row["task"],
            row["side"],
            f"{claim['ratio']['median']:.2f}",
            verdict(claim["ratio"]),
        ]
        for row in rows
        for claim in row.get("claims", ())
    ]
    headers = ["claimed", "on", "in", "measured: time in units of the other's", "verdict"]
    return tabulate(found, headers, tablefmt="github", disable_numparse=True)


def _compared(rows):
    """Tabulate what the notes do not speak of."""
    found = [
        [row["task"], row["side"], *pair["methods"], f"{pair['ratio']['median']:.2f}"]
        for row in rows
        for pair in row.get("compared", ())
    ]
    headers = ["task", "in", "method", "beside", "time in units of the other's"]
    table = tabulate(found, headers, tablefmt="github", disable_numparse=True)
    return ["What the notes do not speak of:", table] if found else []


def _times(rows):
    """Tabulate the microseconds: a row per task and method, a column per side."""
    tasks = dict.fromkeys(
        (row["task"], method) for row in rows for method in row.get("seconds", ())
    )
    sides = {(row["task"], row["side"]): row.get("seconds", {}) for row in rows}
    found = []
    for task, method in tasks:
        times = [sides.get((task, side), {}).get(method) for side in ("Octave", "numpy")]
        found.append([task, method, *("" if t is None else f"{1e6 * t:.1f}" for t in times)])
    headers = ["task", "method", "Octave, µs", "numpy, µs"]
    return tabulate(found, headers, tablefmt="github", disable_numparse=True)


def _skipped(rows):
    lines = [
        f"- {row['task']}, {row['side']}, {method}: {reason}"
        for row in rows
        for method, reason in row["skipped"].items()
    ]
    return ["Skipped:\n\n" + "\n".join(lines)] if lines else []
