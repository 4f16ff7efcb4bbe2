"""What the head of every report says, before any table."""

from dataclasses import dataclass

_ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}


@dataclass(frozen=True)
class Story:
    """A result in sentences.

    Attributes
    ----------
    verdict : str
        'pass', 'fail' or 'not measured'.
    compared : str
        What was held against what.
    result : str
        The verdict in one sentence.
    sure : tuple of str
        What the verdict rests on.
    open : tuple of str
        What it does not cover.
    notes : tuple of str
        What else there is to know.
    command : str
        What repeats it; empty where that is not known.
    """

    verdict: str
    compared: str
    result: str
    sure: tuple = ()
    open: tuple = ()
    notes: tuple = ()
    command: str = ""

    def markdown(self):
        """Return the paragraphs of the head of a report in Markdown."""
        parts = [f"**Verdict: {self.verdict.upper()}.** {self.result}", self.compared]
        parts = [visible(part) for part in parts]
        for title, sentences in (
            ("How sure that is:", self.sure),
            ("What it does not cover:", self.open),
            ("What else to know:", self.notes),
        ):
            if sentences:
                parts.append("\n".join([title, "", *(f"- {visible(each)}" for each in sentences)]))
        if self.command:
            fence = "``" if "`" in self.command else "`"
            parts.append(f"To repeat it: {fence}{visible(self.command)}{fence}")
        return parts


def visible(text):
    """Write text on one line; what controls directions or terminals is written as an escape."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else _ESCAPES.get(c, f"\\u{ord(c):04x}") for c in text)


def some(names, most=3):
    """List some names, and say how many more there are."""
    names = list(names)
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[:most])} and {len(names) - most} more"


def counted(count, one, many=""):
    """Write a number with its noun: ``1 case``, ``2,000 cases``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
