"""The report's section on the equations."""

from tabulate import tabulate


def render(content):
    """Write the measured equations as Markdown.

    Parameters
    ----------
    content : dict
        From `equations.measure.gather`.

    Returns
    -------
    str
        The section.
    """
    rows = content["rows"]
    kept = sum(row["verdict"] == "pass" for row in rows)
    head = (
        f"## Equations\n\n{kept} of {len(rows)} equations are verified. Each line "
        "of a `.m` file that computes one names it in a comment, and so does the Python line that "
        "ports it. *values* counts the values that Octave and the port computed for it in a setup, "
        "three steps and a training; *different* counts those that differ in a bit. The oracles "
        "share no code with Octave's files or the port. Their columns show the largest difference, "
        "relative to the field's largest entry or its largest summand, whichever is larger "
        f"(promised: at most {content['promised']:g}); a column is empty where an oracle does not "
        "apply. Kinds: *computed* by Octave and the port; an *oracle* is a direct sum that checks "
        "other equations; a *constraint* must hold for what another equation computes. P1 to P4 "
        "are what the notes leave open; the oracle *course* computes setup, an update, a whole "
        "training and a test from the formulas."
    )
    headers = ("id", "formula", "kind", ".m", "Python", "cases", "values", "different")
    table = tabulate(
        [_row(row, content["oracles"]) for row in rows],
        (*headers, *content["oracles"], "verdict"),
        tablefmt="github",
        disable_numparse=True,
    )
    return f"{head}\n\n{table}\n\n{_values(rows)}\n\n{_note(rows)}"


def _values(rows):
    """Say with which values each was measured, and where the code is not letter by letter."""
    table = [[row["id"], row["measured_with"], row["coded"]] for row in rows]
    headers = ("id", "measured with", "where the code is not as printed")
    return tabulate(table, headers, tablefmt="github", disable_numparse=True)


def _row(row, oracles):
    return [
        row["id"],
        row["formula"].replace("|", "\\|"),
        row["kind"],
        "<br>".join(place["m"] for place in row["places"]) or row["checks"],
        "<br>".join(place["python"] for place in row["places"]),
        ", ".join(row["cases"]),
        f"{row['values']:,}",
        f"{row['different_values']:,}",
        *(_figure(row["oracles"].get(oracle)) for oracle in oracles),
        row["verdict"],
    ]


def _figure(figure):
    if figure is None or isinstance(figure, str):
        return figure or ""
    return "0" if figure == 0 else f"{figure:.1e}"


def _note(rows):
    missing = "not run" in str(rows)
    note = (
        "E25 is zero: the columns of α are positive and sum to 1, so |α_i| − α_i Σ|α_k| = 0, and "
        "the penalty of the notes is a constant, whatever λ is. It is computed as printed, which "
        "leaves rounding errors only. To make α sparse, use the penalty `entropy`."
    )
    return note + ("\n\nautograd was not run: pip install dltcnn[oracle]." if missing else "")
