"""A section of a report in Markdown -> HTML for the page. What it names stays text."""

import re
from functools import cache

from markupsafe import Markup

from .engine import shown

_FIRST = re.compile(r"\A#+ (.*)\n*")


def title(text):
    """Return the heading of a section, and what follows it."""
    found = _FIRST.match(text)
    return (found[1], text[found.end() :]) if found else ("", text)


def html(text, lowest=4):
    """Write Markdown as HTML.

    Parameters
    ----------
    text : str
        Of a report. Neither HTML nor links in it have an effect.
    lowest : int
        The level of its first headings on the page.

    Returns
    -------
    Markup
        The HTML.
    """
    clean = "\n".join(str(shown(line)) for line in text.split("\n"))
    tokens = ready().parse(clean)
    levels = sorted({token.tag for token in tokens if token.type == "heading_open"})
    tags = {tag: f"h{min(lowest + n, 6)}" for n, tag in enumerate(levels)}
    for token in tokens:
        token.tag = tags.get(token.tag, token.tag)
        if token.type == "th_open":
            token.attrSet("scope", "col")
    body = ready().renderer.render(tokens, ready().options, {})
    opening = '<div class="wide" tabindex="0" role="group" aria-label="table"><table>'
    return Markup(body.replace("<table>", opening).replace("</table>", "</table></div>"))


@cache
def ready():
    """Load the parser of Markdown; as `engine.ready`."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    return parser.disable(["link", "image", "autolink", "reference"])
