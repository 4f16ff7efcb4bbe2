"""What GitHub's runner is told: annotations beside the lines, and the summary of the step."""

import os
import sys
from pathlib import Path

from .items import NOT_JUDGED
from .one_line import on_one_line
from .places import relative

_ANNOTATIONS = 10  # GitHub shows no more of a step
_ROWS = 50  # of the summary


def is_here():
    """Tell whether a runner of GitHub Actions runs this."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def summary_file():
    """Return the file that the step's summary is written to; None where there is none."""
    name = os.environ.get("GITHUB_STEP_SUMMARY")
    return Path(name) if name else None


def annotations(title, faults):
    """Write what is broken as commands to GitHub's runner.

    Parameters
    ----------
    title : str
        Of each annotation.
    faults : list of tuple
        File below the checkout or None, line or None, and message. Those of one line become one.

    Returns
    -------
    list of str
        At most as many as GitHub shows; the last one counts those left out.
    """
    places = {}
    for file, line, message in faults:
        places.setdefault((file, line), []).append(message)
    found = []
    for (file, line), messages in places.items():
        more = f" (and {len(messages) - 1} more)" if len(messages) > 1 else ""
        found.append(_command(title, file, line, messages[0] + more))
    if len(found) > _ANNOTATIONS:
        left = len(found) - _ANNOTATIONS + 1
        found[_ANNOTATIONS - 1 :] = [
            _command(title, None, None, f"and {left} more places: see the summary or the report")
        ]
    return found


def _command(title, file, line, message):
    properties = {} if file is None else {"file": file, "line": line}
    properties["title"] = title
    settings = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::error {settings}::{_data(message)}"


def _data(text):
    text = text.encode("utf-8", "replace").decode()  # what cannot be printed must not end the run
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text):
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def summary(title, headline, broken, left=()):
    """Write the summary of a step in Markdown.

    Parameters
    ----------
    title, headline : str
        What ran, and what came of it.
    broken, left : sequence of tuple of str
        Name and reason of what is not as promised, and of what is not judged.

    Returns
    -------
    str
        It.
    """
    parts = [f"### {_cell(title)}", _cell(headline)]
    if broken:
        parts.append(_table("not as promised", broken))
    if left:
        folded = _table("not judged", left)
        parts.append(f"<details><summary>not judged: {len(left)}</summary>\n\n{folded}\n\n")
        parts[-1] += "</details>"
    return "\n\n".join(parts) + "\n\n"


def _table(name, rows):
    lines = [f"| {name} | |", "|---|---|"]
    lines += [f"| {_cell(what)} | {_cell(why)} |" for what, why in rows[:_ROWS]]
    if len(rows) > _ROWS:
        lines.append(f"| and {len(rows) - _ROWS} more | see the report |")
    return "\n".join(lines)


def _cell(text):
    """Write text of others so that Markdown and HTML take it as it is."""
    plain = on_one_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join(f"\\{each}" if each in r"\`*_{}[]()#+!|~" else each for each in plain)


def tell(title, headline, faults, broken, left, say):
    """Tell GitHub's runner, where one is here.

    Parameters
    ----------
    title, headline, broken, left
        As for `summary`.
    faults
        As for `annotations`.
    say : Say
        Where annotations go: to standard output, unless that is for JSON.
    """
    if not is_here():
        return
    for line in annotations(title, faults):
        print(line, file=sys.stderr if say.json else say.out, flush=True)
    file = summary_file()
    if file is None:
        return
    try:
        with file.open("a", encoding="utf-8") as opened:
            opened.write(summary(title, headline, broken, left))
    except OSError as error:
        print(f"dltparity: no summary for GitHub: {error.strerror}: {file}", file=sys.stderr)


def of_items(result):
    """Return the faults, the rows of what is broken and of what is not judged, of a result."""
    broken = [each for each in result.items if each.is_broken]
    faults = []
    for each in broken:
        file = relative(each.place)
        message = f"{each.title}: {each.wording or each.state}"
        faults.append((file, each.place.line if file else None, message))
    left = [(each.title, each.wording) for each in result.items if each.state == NOT_JUDGED]
    return faults, [(each.title, each.wording or each.state) for each in broken], left
