"""The pytest plug-in in a project of somebody else's."""

import os
import subprocess
import sys

import pytest

TESTS = """
import numpy as np

def test_same(parity):
    parity("doubled", lambda x: 2 * x, np.array([[1.5, 2.0]]))
    parity("sort", lambda x: (np.sort(x), np.argsort(x) + 1.0), np.array([[2.5, 1.0]]), outputs=2)

def test_noise(parity):
    x = np.array([[0.1, 0.2, 0.3]])
    parity("sum", lambda x: np.array([[x[0, 2] + x[0, 1] + x[0, 0]]]), x, promise="noise")

def test_differs(parity):
    parity("doubled", lambda x: 2 * x + 1e-15, np.array([[1.5, 2.0]]))

def test_session(octave):
    octave.give("x", np.array([[3.0]]))
    octave.eval("y = doubled(x);")
    assert octave.pull("y") == 6
"""


@pytest.fixture
def project(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "doubled.m").write_text("function y = doubled(x)\n    y = 2 * x;\nend\n")
    (tmp_path / "test_mine.py").write_text(TESTS)
    (tmp_path / "pytest.ini").write_text("[pytest]\noctave_paths = mine\n")

    def run(**environment):
        command = [sys.executable, "-m", "pytest", "-q", "-rs", "-p", "dltparity.plugin"]
        found = subprocess.run(
            [*command, "-p", "no:cacheprovider"],
            cwd=tmp_path,
            env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", **environment},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        return found.returncode, found.stdout

    return run


@pytest.mark.octave
def test_it_passes_and_fails(project):
    code, wording = project()
    assert code == 1
    assert "1 failed, 3 passed" in wording
    assert "__ test_differs __" in wording
    assert "{1}(1, 1) is 0x1.8000000000000p+1 in Octave, 0x1.8000000000002p+1 in Python" in wording


def test_without_octave_it_skips_unless_required(project):
    code, wording = project(OCTAVE_EXECUTABLE="no-octave-here", DLTPARITY_REQUIRE="")
    assert code == 0 and "4 skipped" in wording
    code, wording = project(OCTAVE_EXECUTABLE="no-octave-here", DLTPARITY_REQUIRE="octave")
    assert code == 1 and "passed" not in wording and "no-octave-here was not found" in wording
