"""Pairs in Octave: true differences, planted ones, and what must not stop the others."""

import json
from pathlib import Path

import pytest

from dltparity import cli

EXAMPLE = Path(__file__).parents[2] / "examples" / "pair"
pytestmark = pytest.mark.octave

# As the README explains them: what the shrunk inputs give.
DIFFERENCES = {
    "round": "{1}(1, 1) is 0x1.8000000000000p+1 in Octave, 0x1.0000000000000p+1 in Python",
    "mod": "{1}(1, 1) is 0x0.0p+0 in Octave, nan in Python",
    "unique": "{1} is 1x2 in Octave and 1x1 in Python",
    "histc": "{1} is 1x4 in Octave and 1x3 in Python",
    "interp1": "{1}(1, 1) is nan in Octave, 0x0.0p+0 in Python",
}

MFILES = {
    "hangs": "function y = hangs(x)\n    while x(1) > 0, end\n    y = x;\nend\n",
    "stops": "function y = stops(x)\n    y = no_such_toolbox(x);\nend\n",
    "one": "function y = one(x)\n    y = x + 1;\nend\n",
    "quits": "function y = quits(x)\n    exit(0);\nend\n",
    "sums": "function t = sums(x)\n    t = 0;\n    for k = 1 : numel(x)\n        if x(k) > 1.5\n"
    "            t = t + x(k);\n        end\n    end\nend\n",
    "refuses": "function y = refuses(x)\n    error('never');\nend\n",
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
def raises(x): raise ValueError("always")
def changes(x):
    x += 1
    return x
def cited(x):
    total = np.zeros((1, 1))  # sums.m:2
    for k in range(x.size):  # sums.m:3
        if x[0, k] > 1.5:  # sums.m:4
            total = total + x[0, k]  # sums.m:5
    return total
def cited_wrong(x):
    total = np.zeros((1, 1))  # sums.m:2
    for k in range(x.size):  # sums.m:3
        if x[0, k] > 1.25:  # sums.m:4
            total = total + x[0, k]  # sums.m:5
    return total
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
    printed = capsys.readouterr().out
    readme = (EXAMPLE / "README.md").read_text()
    rows = [line.strip() for line in readme.splitlines() if line.startswith(("    |", "    Of"))]
    assert len(rows) == 4
    for row in rows:
        assert row in printed
    found = json.loads((tmp_path / "pair.json").read_text())["pairs"][0]
    shrunk = found["failing"][0]["shrunk"]["arguments"]
    assert shrunk[0].startswith("1x2 ") and shrunk[1].startswith("1x1 ")


def test_the_usual_counterparts(tmp_path):
    few = ["--inputs", "20", "--out", str(tmp_path)]
    assert cli.main(["pair", str(EXAMPLE / "usual.toml"), *few]) == 0
    assert cli.main(["pair", str(EXAMPLE / "differences.toml"), *few]) == 1
    found = json.loads((tmp_path / "pair.json").read_text())["pairs"]
    shrunk = {each["name"]: each["failing"][0]["shrunk"] for each in found}
    assert {name: each["what"] for name, each in shrunk.items()} == DIFFERENCES


def test_each_fault_is_named_and_the_others_go_on(run):
    limited = "inputs = 3\nseconds = 2\n"
    code, found = run(
        pair("hangs", "pair_functions:same", limited),
        pair("quits", "pair_functions:same", limited),
        pair("stops", "pair_functions:same"),
        pair("stops", "pair_functions:raises"),
        pair("nowhere", "pair_functions:raises"),
        pair("one", "pair_functions:changes"),
        pair("one", "pair_functions:plus", "inputs = 3\noutputs = 2\n"),
        pair("one", "pair_functions:loops", "inputs = 1\nseconds = 2\n"),
        pair("parts", "pair_functions:parts"),
    )
    assert code == 1
    what = {name: each["failing"][0]["what"] for name, each in found.items() if each["failing"]}
    assert "did not return within 2 s" in what["hangs pair_functions:same"]
    assert "Python function did not return within 2 s" in what["one pair_functions:loops"]
    assert "left with exit status 0" in what["quits pair_functions:same"]
    for each in ("stops pair_functions:same", "stops pair_functions:raises"):
        assert "needs what is not here: stops:2: 'no_such_toolbox' undefined" in what[each]
    assert "needs what is not here: 'nowhere' undefined" in what["nowhere pair_functions:raises"]
    assert "changes its argument 1" in what["one pair_functions:changes"]
    assert "called with too many outputs" in what["one pair_functions:plus"]
    assert found["parts pair_functions:parts"]["verdict"] == "pass"


def test_the_first_statement_that_differs_is_named(run):
    code, found = run(
        pair("sums", "pair_functions:cited", "inputs = 20\n"),
        pair("sums", "pair_functions:cited_wrong", "inputs = 20\n"),
    )
    assert code == 1
    assert found["sums pair_functions:cited"]["verdict"] == "pass"
    shrunk = found["sums pair_functions:cited_wrong"]["failing"][0]["shrunk"]
    assert shrunk["line"].startswith("sums.m:4 (pair_functions.py:")
    assert "if(1, 1) is False in Octave, True in Python" in shrunk["line"]


def test_where_both_refuse_every_input_nothing_was_compared(run):
    code, found = run(pair("refuses", "pair_functions:raises"))
    assert (code, found["refuses pair_functions:raises"]["failed"]) == (1, 0)


def test_a_cluster_finds_the_same(run):
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, dashboard_address=None, silence_logs=50
    ) as local:
        options = ["--cluster", local.scheduler_address]
        code, found = run(pair("one", "pair_functions:plus", "inputs = 60\n"), options=options)
    assert (code, found["one pair_functions:plus"]["values"]) == (0, 180)


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
