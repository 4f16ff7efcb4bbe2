"""The report's section on random nets through both engines."""

from . import stored


def render(content):
    """Write the comparison of the engines as Markdown.

    Parameters
    ----------
    content : dict
        From `checks.stored_results.engines`.

    Returns
    -------
    str
        The section.
    """
    title = "## The compiled engine on random nets"
    if "not_run" in content:
        return stored.not_run(title, content)
    failing = content["failing"]
    left = [
        f"- {count:,} left to the line-by-line functions: {reason}"
        for reason, count in content["left"].items()
    ]
    wrong = [f"- {each['name']} differs: {'; '.join(each['different'][:3])}" for each in failing]
    parts = [
        title,
        *stored.stale(content),
        *stored.partial(content),
        f"**{content['verdict'].upper()}.** {content['nets']:,} random nets, from number "
        f"{content['first']:,} on, compiled against line by line, in every field: "
        f"{content['compiled']:,} ran compiled, {len(failing):,} differ ({content['date']})."
        f"{_in_octave(content)}",
        "\n".join(wrong + left),
    ]
    return "\n\n".join(part for part in parts if part)


def _in_octave(content):
    if not content["octave"]:
        return ""
    return (
        f" Of the compiled ones {content['octave']:,} were compared with Octave too, in "
        f"{content['octave_values']:,} values."
    )
