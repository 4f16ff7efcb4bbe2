"""A ported file beside the lines of the original that it cites, by number."""

from html import escape
from itertools import groupby

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from dltparity import port_state
from dltparity.original.citations import citations
from dltparity.original.pin import pinned

_ROW = '<tr><td>{place}</td><td class="highlight"><pre>{code}</pre></td></tr>'


def table(function):
    """Write a table: the line of the .m file, as a link to it, and our Python.

    Parameters
    ----------
    function : str
        A function of the toolbox's CNN folder.

    Returns
    -------
    str
        HTML. The original's text is not in it.
    """
    path = port_state.path_of(port_state.module_of(function))
    text = path.read_text(encoding="utf-8").splitlines()
    cited = [each for each in citations(path) if each.file]
    rows = []
    for (file, line), group in groupby(cited, key=lambda each: (each.file, each.line)):
        code = "\n".join(
            text[n - 1].rsplit("  # ", 1)[0].removeprefix("    ")
            for each in group
            for n in range(each.first, each.last + 1)
        )
        rows.append(_ROW.format(place=_link(file, line), code=_coloured(code)))
    head = "<tr><th>line</th><th>Python</th></tr>"
    return (
        f'<table class="docutils ported"><thead>{head}</thead>\n<tbody>'
        + "\n".join(rows)
        + ("</tbody></table>\n")
    )


def _link(file, line):
    """Link a line of the original at the pinned commit."""
    pin = pinned()
    where = next(each.path for each in pin.files if each.name == file)
    address = f"{pin.repository.removesuffix('.git')}/blob/{pin.commit}/{where}#L{line}"
    return f'<a href="{escape(address)}">{file}:{line}</a>'


def _coloured(code):
    formatter = HtmlFormatter(nowrap=True)
    return highlight(code, PythonLexer(stripnl=False, ensurenl=False), formatter)
