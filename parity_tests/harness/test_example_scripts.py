"""The scripts that make the examples say what is missing, and show no traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize("name", ["toolbox", "verify"])
@pytest.mark.parametrize(
    ("arguments", "wording"), [([], "usage: python "), (["made"], "run `dltparity fetch`")]
)
def test_they_say_what_is_missing(tmp_path, name, arguments, wording):
    run = subprocess.run(
        [sys.executable, EXAMPLES / name / "make.py", *arguments],
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "empty")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 1
    assert wording in run.stderr
    assert run.stderr.count("\n") == 1
