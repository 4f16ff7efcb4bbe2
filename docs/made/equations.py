"""The equations of the notes, each measured as the pages are built."""

from tabulate import tabulate

from dltparity.equations import measure


def table():
    """Measure every equation; a row of Markdown for each."""
    content = measure.gather()
    rows = [
        [
            row["id"],
            f"`{row['formula']}`",
            "<br>".join(f"`{place['python']}`" for place in row["places"]) or row["checks"],
            "<br>".join(f"`{place['m']}`" for place in row["places"] if place["m"]),
            f"{row['values']:,}",
            f"{row['different_values']:,}",
            _largest(row["oracles"].values()),
            row["verdict"],
        ]
        for row in content["rows"]
    ]
    heads = ["", "formula", "Python", "`.m`", "values", "different", "from an oracle", ""]
    said = tabulate(rows, heads, "pipe", disable_numparse=True)
    coded = tabulate(
        [[row["id"], row["coded"]] for row in content["rows"] if row["coded"]],
        ["", "how the code says it"],
        "pipe",
    )
    return (
        f"{said}\n\n*Largest relative difference from an oracle: at most "
        f"{content['promised']:.0e} is promised.*\n\n## Where the code is not letter by letter as "
        f"printed\n\n{coded}\n"
    )


def _largest(figures):
    known = [each for each in figures if each != measure.NOT_RUN]
    return f"{max(known):.1e}" if known else measure.NOT_RUN
