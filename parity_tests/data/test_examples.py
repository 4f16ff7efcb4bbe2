"""The examples run as they stand: the README's first one, and those of the docstrings."""

import doctest
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

README = Path(__file__).parents[2] / "README.md"


def first_example():
    """The README's first block of Python."""
    return re.search(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.S)[1]


def test_the_readmes_first_example_pasted_into_an_empty_interpreter(tmp_path):
    wording = subprocess.run(
        [sys.executable, "-i", "-q", "-W", "error"],
        input=first_example(),
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
    )
    assert "Error" not in wording.stderr
    printed = [line for line in wording.stdout.splitlines() if not line.startswith("epoch")]
    promised = re.findall(r"^print\(.*\)  # (.*)$", first_example(), re.M)
    assert len(promised) == 2 and printed == promised


@pytest.mark.parametrize("name", ["images", "targets", "sets"])
def test_the_docstrings_examples(name):
    tried = doctest.testmod(importlib.import_module(f"dltcnn.data.{name}"))
    assert tried.attempted and not tried.failed
