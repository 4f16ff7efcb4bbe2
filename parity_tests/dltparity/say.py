"""What a command says, and where: text for people, or JSON for programs."""

import contextlib
import os
import sys

from .files import as_json

_GREEN, _RED, _YELLOW, _PLAIN = "\x1b[32m", "\x1b[31m", "\x1b[33m", "\x1b[0m"
# The first word of a line -> its colour on a terminal.
_COLOURS = {
    **dict.fromkeys(("PASS", "RIGHT", "ok"), _GREEN),
    **dict.fromkeys(("FAIL", "WRONG", "missing"), _RED),
    **dict.fromkeys(("NOT", "optional"), _YELLOW),
}


class Say:
    """Where a command's words go.

    Parameters
    ----------
    json : bool
        Whether standard output is for the result in JSON: what is printed goes to standard error.
    quiet : bool
        Whether what is printed goes nowhere, and only `line` is heard.
    """

    def __init__(self, json=False, quiet=False):
        self.json, self.quiet = json, quiet
        self.out = sys.stdout

    @contextlib.contextmanager
    def redirected(self):
        """Send what is printed where it belongs, for the length of a block."""
        with contextlib.ExitStack() as stack:
            if self.quiet:
                nowhere = stack.enter_context(open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123
                stack.enter_context(contextlib.redirect_stdout(nowhere))
            elif self.json:
                stack.enter_context(contextlib.redirect_stdout(sys.stderr))
            yield

    def result(self, content):
        """Give a result to programs, where they asked for it."""
        if self.json:
            self.out.write(as_json(content))

    def line(self, text=""):
        """Say what matters: what is broken, and the verdict."""
        if self.json:
            print(text)  # where all other text goes
        else:
            print(coloured(text, self.out), file=self.out)


def coloured(text, stream):
    """Colour the first word of a line that gives a verdict.

    Parameters
    ----------
    text : str
        The line.
    stream : file
        Where it goes: only a terminal gets colours, and none where NO_COLOR is set.

    Returns
    -------
    str
        The line.
    """
    word = text.partition(" ")[0].rstrip(":;,")
    if word not in _COLOURS or not takes_colours(stream):
        return text
    return f"{_COLOURS[word]}{word}{_PLAIN}{text[len(word) :]}"


def takes_colours(stream):
    """Tell whether a stream is a terminal with colours, and the user has not asked for none."""
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return wanted and stream.isatty()
