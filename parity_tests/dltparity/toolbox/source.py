"""The text of .m files: which code it is, and the places where two files differ. Pure."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from ..original import mcode

_BLOCK_OPENS, _BLOCK_CLOSES = re.compile(r"\s*[%#]\{\s*$"), re.compile(r"\s*[%#]\}\s*$")
_FIELD = re.compile(r"\.\s*[A-Za-z]\w*")
_NAME = re.compile(r"[A-Za-z]\w*")
_OWNED = re.compile(r"\b(net|opts)(\.layers\{[^{}]*\})?\.([A-Za-z]\w*)")


@dataclass(frozen=True)
class Hunk:
    """A place where a copy's file differs from the original's.

    Attributes
    ----------
    file : str
        Name of the file, such as ``cnnbp.m``.
    ours, theirs : tuple of int
        First line and the line behind the last one, in the copy and in the original; equal where
        there is none on that side.
    code : tuple of str
        The copy's lines of code there.
    """

    file: str
    ours: tuple
    theirs: tuple
    code: tuple

    @property
    def place(self):
        """Where it is in the copy, such as ``cnnbp.m:10``."""
        first, behind = self.ours
        if behind <= first:
            return f"{self.file}: lines left out before line {first}"
        return f"{self.file}:{first}" + (f"-{behind - 1}" if behind - first > 1 else "")


def read(path):
    """Read a .m file; bytes that are no ASCII survive `write`, whatever their encoding."""
    return path.read_bytes().decode("ascii", errors="surrogateescape")


def write(path, text):
    """Write what `read` gave, or lines of it."""
    path.write_bytes(text.encode("ascii", errors="surrogateescape"))


def shown(text):
    """Return text for a report: other bytes than ASCII as UTF-8 where they are that."""
    raw = text.encode("ascii", errors="surrogateescape")
    return raw.decode("utf-8", errors="replace")


def code(text):
    """List a file's lines of code; block comments count as comments.

    Parameters
    ----------
    text : str
        The file's content.

    Returns
    -------
    list of mcode.Line
        With the numbers they have in the file.
    """
    kept, depth = [], 0
    for line in text.splitlines():
        opens, closes = bool(_BLOCK_OPENS.match(line)), bool(_BLOCK_CLOSES.match(line))
        depth += opens
        kept.append("" if depth else line)
        depth -= closes and depth > 0
    return mcode.lines("\n".join(kept))


def is_function(text):
    """Whether a file defines a function; a program without one cannot be called with values."""
    return any(re.match(r"\s*function\b", line.bare) for line in code(text))


def tokens(line):
    """Return a line's code such that layout makes no difference to it.

    Blanks stay, as one, where they can part two elements: inside brackets and between words.
    """
    squeezed, depth, text = [], 0, re.sub(r"\.\.\.[^\n]*\n|\n", " ", line.code)
    bare = re.sub(r"\.\.\.[^\n]*\n|\n", " ", line.bare)
    if len(text) != len(bare):  # dots inside a string: leave the line as it is
        return line.code.strip()
    for place, character in enumerate(text):
        mark = bare[place]
        depth += (mark in "[{") - (mark in "]}")
        in_string = mark == "0" and character != "0"
        if in_string or not mark.isspace():
            squeezed.append(character)
        elif "".join(squeezed[-1:]).strip() and (
            depth or _parts_words(squeezed[-1], bare[place:].lstrip()[:1])
        ):
            squeezed.append(" ")
    return re.sub(r"[;,\s]+$", _end, "".join(squeezed))


def _end(found):
    """Keep whether a statement prints what it sets."""
    return ";" if ";" in found[0] else ""


def _parts_words(before, after):
    word = re.compile(r"[\w'\"@~]")
    return bool(word.match(before) and word.match(after or " "))


def same_code(ours, theirs):
    """Whether two files differ in comments and layout alone."""
    a, b = ([tokens(line) for line in code(text)] for text in (ours, theirs))
    return _without_last_end(a) == _without_last_end(b)


def _without_last_end(lines):
    """Leave out the `end` that closes a function at the end of its file: it is optional."""
    return lines[:-1] if lines and lines[-1] in ("end", "endfunction") else lines


def hunks(file, ours, theirs):
    """List the places where the code of two files differs.

    Parameters
    ----------
    file : str
        Their name.
    ours, theirs : str
        The copy's text and the original's.

    Returns
    -------
    list of Hunk
        In the order of the file.
    """
    a, b = code(ours), code(theirs)
    matcher = SequenceMatcher(None, [tokens(x) for x in a], [tokens(x) for x in b], autojunk=False)
    return [
        Hunk(file, _span(a, i, i2), _span(b, j, j2), tuple(x.code.strip() for x in a[i:i2]))
        for kind, *block in matcher.get_opcodes()
        if kind != "equal"
        for i, i2, j, j2 in _single(*block)
    ]


def _single(i, i2, j, j2):
    """Take a block of as many lines on both sides apart: each line is a place of its own."""
    if i2 - i != j2 - j:
        return [(i, i2, j, j2)]
    return [(i + k, i + k + 1, j + k, j + k + 1) for k in range(i2 - i)]


def _span(lines, first, behind):
    """Return the numbers of lines; of none, the number of the line that follows."""
    if first < behind:
        return lines[first].first, lines[behind - 1].last + 1
    here = lines[first].first if first < len(lines) else (lines[-1].last + 1 if lines else 1)
    return here, here


def put_back(ours, theirs, chosen):
    """Return the copy's text with the original's lines in some places.

    Parameters
    ----------
    ours, theirs : str
        The copy's text and the original's.
    chosen : iterable of Hunk
        The places, all of this file.

    Returns
    -------
    str
        The mixed text.
    """
    lines, others = ours.splitlines(), theirs.splitlines()
    for hunk in sorted(chosen, key=lambda each: each.ours, reverse=True):
        (first, behind), (from_, to) = hunk.ours, hunk.theirs
        lines[first - 1 : behind - 1] = others[from_ - 1 : to - 1]
    return "\n".join(lines) + "\n"


def names(text):
    """List the names in a file's code that may be functions, with the line of the first use."""
    found = {}
    for line in code(text):
        bare = _FIELD.sub(lambda field: " " * len(field[0]), line.bare)
        for name in _NAME.findall(bare):
            found.setdefault(name, line.first)
    return found


def fields(texts):
    """List the fields of net, its layers and opts in some files.

    Parameters
    ----------
    texts : iterable of str
        The files' contents.

    Returns
    -------
    read, written : set of str
        Such as ``net.output``, ``layer.stride``, ``opts.momentum``: fields that are read, and
        those that are assigned.
    """
    read, written = set(), set()
    for text in texts:
        for line in code(text):
            for statement, bare in mcode.statements(line):
                left = {name for each in mcode.assigned(statement, bare) for name in _owned(each)}
                written |= left
                start = bare.find("=") + 1 if left else 0
                read |= set(_owned(bare[start:]))
    return read, written


def _owned(text):
    for owner, cell, name in _OWNED.findall(text):
        yield f"{'layer' if cell else owner}.{name}"
