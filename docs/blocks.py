"""Runs the code blocks and commands of the pages, each page in a folder of its own.

`python` runs in one namespace for each page, `bash` in the page's folder, `matlab` in a session of
Octave for each page, with the original's functions on its path. A block `text` right after one of
them is what it prints, with ``...`` for anything; where the code ends in an error, its last line
is the error.
"""

import contextlib
import doctest
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from sybil import Region
from sybil.parsers.markdown.lexers import FencedCodeBlockLexer

from dltparity.octave.errors import OctaveError
from dltparity.octave.session import Octave
from dltparity.original.cache import octave_paths, require_original

CHECKOUT = Path(__file__).parents[1]
SECONDS = 600  # for one command
SAME = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


class Page:
    """What the blocks of a page share: a folder, and a session of Octave where one is needed."""

    def __init__(self):
        self._exit = contextlib.ExitStack()
        self.folder = Path(self._exit.enter_context(tempfile.TemporaryDirectory()))
        shutil.copytree(CHECKOUT / "examples", self.folder / "examples")
        self._octave = None

    def close(self):
        """Leave nothing behind."""
        self._exit.close()

    def python(self, code, namespace):
        """Run Python: what it prints."""
        wording = io.StringIO()
        with contextlib.chdir(self.folder), contextlib.redirect_stdout(wording):
            try:
                exec(compile(code, "<the block>", "exec", dont_inherit=True), namespace)
            except Exception as error:
                print(f"{type(error).__name__}: {error}")
                return wording.getvalue(), error
        return wording.getvalue(), None

    def bash(self, code, _):
        """Run commands: what they print."""
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        run = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", code.replace("ADDRESS", str(CHECKOUT))],
            cwd=self.folder,
            env={**os.environ, "PATH": path},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            timeout=SECONDS,
        )
        return run.stdout, f"exit code {run.returncode}" if run.returncode else None

    def matlab(self, code, _):
        """Run it in Octave: what it prints."""
        if self._octave is None:
            folders = octave_paths(require_original())
            self._octave = self._exit.enter_context(Octave(paths=folders))
            self._octave.give("dlt_folder", str(self.folder))
            self._octave.eval("cd(dlt_folder);")
        self._octave.give("dlt_code", code)
        try:
            self._octave.eval("dlt_said = evalc(dlt_code);")
        except OctaveError as error:
            return f"error: {error}", error
        return str(self._octave.pull("dlt_said")), None


LANGUAGES = {"python": Page.python, "bash": Page.bash, "matlab": Page.matlab}
_LEXER = FencedCodeBlockLexer(r"[^\n`]*")


def parse(document):
    """Find the blocks of a page, each with what it is to print."""
    found = [
        (region.start, region.end, region.lexemes["language"].strip(), region.lexemes["source"])
        for region in _LEXER(document)
    ]
    for n, (start, end, language, code) in enumerate(found):
        if language.startswith("{"):  # a directive of the page
            continue
        if language == "text":
            _check_follows(document, found[:n], start)
            continue
        if language not in LANGUAGES:
            line = document.text[:start].count("\n") + 1
            raise ValueError(
                f"{document.path}:{line}: a block in {language or 'no language'!r}; expected "
                f"{', '.join(LANGUAGES)}, or text for what one of these prints"
            )
        wanted = None
        if n + 1 < len(found) and found[n + 1][2] == "text":
            between = document.text[end : found[n + 1][0]]
            wanted = found[n + 1][3] if not between.strip() else None
        yield Region(start, end, (language, code, wanted), evaluate)


def _check_follows(document, earlier, start):
    """Refuse a block of text that no code prints: nothing would check it."""
    last = earlier[-1] if earlier else None
    if not last or last[2] not in LANGUAGES or document.text[last[1] : start].strip():
        line = document.text[:start].count("\n") + 1
        raise ValueError(f"{document.path}:{line}: text that belongs to no code before it")


def evaluate(example):
    """Run a block and hold what it prints against the page."""
    language, code, wanted = example.parsed
    wording, error = LANGUAGES[language](example.namespace["_page"], code, example.namespace)
    wording = re.sub(r"\x1b\[[0-9;]*m", "", wording)
    if wanted is None:
        return f"it ends in an error:\n{wording}\n{error}" if error else None
    if doctest.OutputChecker().check_output(wanted, wording, SAME):
        return None
    return f"the page says\n{wanted}\nit prints\n{wording}\n{error or ''}"
