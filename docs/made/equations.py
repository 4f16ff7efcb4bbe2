"""The equations of the notes, each measured as the pages are built."""

import re

from tabulate import tabulate

from dltparity.equations import measure


def table():
    """Measure every equation; a row of Markdown for each."""
    content = measure.gather()
    rows = [
        [
            row["id"],
            formula(row["formula"]),
            "<br>".join(map(_place, row["places"])) or row["checks"],
            f"{row['values']:,}",
            f"{row['different_values']:,}",
            _largest(row["oracles"].values()),
            row["verdict"],
        ]
        for row in content["rows"]
    ]
    heads = ["", "formula", "computed in", "values", "different", "from an oracle", ""]
    wording = tabulate(rows, heads, "pipe", disable_numparse=True)
    coded = tabulate(
        [[row["id"], row["coded"]] for row in content["rows"] if row["coded"]],
        ["", "how the code says it"],
        "pipe",
    )
    return (
        f":::{{container}} equations\n\n{wording}\n\n:::\n\n"
        f"*Largest relative difference from an oracle: at most "
        f"{content['promised']:.0e} is promised.*\n\n## Where the code is not letter by letter as "
        f"printed\n\n{coded}\n"
    )


def formula(text):
    """Turn ``x_ij^(l+1)`` into Markdown with subscripts and superscripts."""

    def level(found):
        mark, what = found[1], formula(found[2].strip("{}"))
        return f"<su{'b' if mark == '_' else 'p'}>{what}</su{'b' if mark == '_' else 'p'}>"

    raised = re.sub(r"([_^])(\{[^}]*\}|\([^)]*\)|\w+)", level, text)
    return raised.replace("*", "&lowast;").replace("|", "\\|")


def _place(place):
    return " ".join(f"`{where.split(' ')[0]}`" for where in place.values() if where)


def _largest(figures):
    known = [each for each in figures if each != measure.NOT_RUN]
    return f"{max(known):.1e}" if known else measure.NOT_RUN
