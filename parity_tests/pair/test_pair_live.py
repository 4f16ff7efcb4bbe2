"""Pairs in Octave: true differences, planted ones, and what must not stop the others."""

import json
from pathlib import Path

import pytest

from dltparity import cli

EXAMPLE = Path(__file__).parents[2] / "examples" / "pair"
pytestmark = pytest.mark.octave

MFILES = {
    "hangs": "function y = hangs(x)\n    while x(1) > 0, end\n    y = x;\nend\n",
    "stops": "function y = stops(x)\n    y = no_such_toolbox(x);\nend\n",
    "one": "function y = one(x)\n    y = x + 1;\nend\n",
    "quits": "function y = quits(x)\n    exit(0);\nend\n",
    "parts": "function s = parts(x)\n    s.sum = sum(x(:)); s.cell = {x, 'it''s'};\nend\n",
}
PYTHON = """
import numpy as np
def same(x): return x
def plus(x): return x + 1
def parts(x):
    total = 0.0
    for value in x.ravel(order="F"):
        total += value
    return {"sum": total, "cell": [x, "it's"]}
def loops(x):
    while True: pass
"""
HEAD = 'matlab = ["m"]\npython = ["p"]\n'
INPUT = "[[pair.input]]\nsize = [1, 3]\nrange = [1, 2]\n"


def pair(name, python, more="inputs = 3\n"):
    title = f"{name} {python}"
    return f'[[pair]]\nname = "{title}"\nmatlab = "{name}"\npython = "{python}"\n{more}{INPUT}'


@pytest.fixture
def run(tmp_path):
    (tmp_path / "m").mkdir()
    (tmp_path / "p").mkdir()
    for name, text in MFILES.items():
        (tmp_path / "m" / f"{name}.m").write_text(text)
    (tmp_path / "p" / "pair_functions.py").write_text(PYTHON)

    def run(*pairs, options=()):
        file = tmp_path / "it's;system('touch hit').toml"
        file.write_text(HEAD + "".join(pairs))
        code = cli.main(["pair", str(file), "--out", str(tmp_path / "out"), *options])
        content = json.loads((tmp_path / "out" / "pair.json").read_text())
        return code, {each["name"]: each for each in content["pairs"]}

    return run


def test_the_examples_say_what_their_readme_says(tmp_path, capsys):
    assert cli.main(["pair", str(EXAMPLE / "pairs.toml"), "--out", str(tmp_path)]) == 0
    assert cli.main(["pair", str(EXAMPLE / "wrong.toml"), "--out", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    readme = (EXAMPLE / "README.md").read_text()
    rows = [line.strip() for line in readme.splitlines() if line.startswith(("    |", "    Of"))]
    assert len(rows) == 4
    for row in rows:
        assert row in said
    found = json.loads((tmp_path / "pair.json").read_text())["pairs"][0]
    shrunk = found["failing"][0]["shrunk"]["arguments"]
    assert shrunk[0].startswith("1x2 ") and shrunk[1].startswith("1x1 ")


def test_the_usual_counterparts(tmp_path):
    few = ["--inputs", "20", "--out", str(tmp_path)]
    assert cli.main(["pair", str(EXAMPLE / "usual.toml"), *few]) == 0
    assert cli.main(["pair", str(EXAMPLE / "differences.toml"), *few]) == 1
    found = json.loads((tmp_path / "pair.json").read_text())["pairs"]
    assert len(found) == 5 and all(each["verdict"] == "fail" for each in found)


def test_each_fault_is_named_and_the_others_go_on(run):
    limited = "inputs = 3\nseconds = 5\n"
    code, found = run(
        pair("hangs", "pair_functions:same", limited),
        pair("quits", "pair_functions:same", limited),
        pair("stops", "pair_functions:same"),
        pair("one", "pair_functions:plus", "inputs = 3\noutputs = 2\n"),
        pair("one", "pair_functions:loops", "inputs = 1\nseconds = 5\n"),
        pair("parts", "pair_functions:parts"),
    )
    assert code == 1
    what = {name: each["failing"][0]["what"] for name, each in found.items() if each["failing"]}
    assert "did not return within 5 s" in what["hangs pair_functions:same"]
    assert "Python function did not return within 5 s" in what["one pair_functions:loops"]
    assert "left with exit status 0" in what["quits pair_functions:same"]
    assert "'no_such_toolbox' undefined" in what["stops pair_functions:same"]
    assert "called with too many outputs" in what["one pair_functions:plus"]
    assert found["parts pair_functions:parts"]["verdict"] == "pass"


def test_processes_find_the_same(run):
    pairs = pair("one", "pair_functions:plus", "inputs = 120\n")
    code, found = run(pairs, options=["--jobs", "2"])
    assert (code, found["one pair_functions:plus"]["values"]) == (0, 360)


def test_what_is_not_there_is_a_wrong_request(tmp_path, capsys):
    file = tmp_path / "pairs.toml"
    for python in ("no_such_module:f", "numpy:no_such_function"):
        file.write_text('[[pair]]\nmatlab = "sort"\npython = "' + python + '"\n')
        assert cli.main(["pair", str(file), "--out", str(tmp_path)]) == 2
    assert "there is no such function" in capsys.readouterr().err
