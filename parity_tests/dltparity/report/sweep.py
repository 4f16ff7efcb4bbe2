"""The report's section on random nets."""

from tabulate import tabulate

from . import stored


def render(content):
    """Write a sweep's summary as Markdown.

    Parameters
    ----------
    content : dict
        From `checks.stored_results.sweep`, or `sweep.campaign.sweep`.

    Returns
    -------
    str
        A sentence with the figures, and a table of the failing nets.
    """
    if "not_run" in content:
        family = " of the acnn functions" if "--family acnn" in content["not_run"] else ""
        return stored.not_run(f"## Random nets{family}", content)
    parts = [
        f"## Random nets{' of the acnn functions' if content.get('family') == 'acnn' else ''}",
        *stored.stale(content, "dltparity sweep"),
        *stored.partial(content),
        f"**{content['verdict'].upper()}.** {content['nets']:,} random nets of sweep "
        f"{content['seed']} against {content['reference']} on the {content['blas']} BLAS "
        f"({content['single']:,} of them single, {content['special']:,} with NaN, Inf, denormals, "
        f"signed zeros and huge values): {content['values']:,} values, "
        f"{content['different']:,} differ, {content['nan']:,} are NaN on both sides "
        f"({content['vacuous']:,} nets say nothing for that reason); {len(content['failing'])} "
        f"nets break the promise ({content['date']}, {content['seconds'] / 60:.0f} minutes of "
        "work).",
    ]
    if content["failing"]:
        acnn = content.get("family") == "acnn"  # whose nets are not shrunk
        kept, name = ("drawn", "seed") if acnn else ("shrunk", "name")
        rows = [
            [
                each["net"],
                each[kept][name],
                each[kept]["layers"] or "input only",
                each["first"].get("field", ""),
                each["first"].get("line", ""),
                each["first"].get("problem") or each["first"].get("port", ""),
            ]
            for each in content["failing"]
        ]
        headers = ["net", "seed" if acnn else "shrunk to", "layers", "field", "line", "problem"]
        parts.append(tabulate(rows, headers, tablefmt="github", disable_numparse=True))
    if content.get("has"):
        counts = ", ".join(f"{name} {count:,}" for name, count in content["has"].items())
        parts.append(f"Number of nets with each feature: {counts}.")
    return "\n\n".join(parts)
