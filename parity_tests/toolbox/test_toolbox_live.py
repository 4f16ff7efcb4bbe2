"""Edited copies in Octave: what is found of them, and what they cannot do to the command."""

import json
import re
import runpy
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from dltparity import cli
from dltparity.octave.session import Octave
from dltparity.original.cache import require_original
from dltparity.toolbox import blame, gradient, run
from dltparity.toolbox.copy import find
from dltparity.toolbox.staging import staged

CASES = run.CASES
SMALL = replace(CASES[0], layers="1c3-2s-2c2-2s", rows=8, cols=8, classes=2, images=4, batchsize=2)
EXAMPLE = Path(__file__).parents[2] / "examples" / "toolbox"
pytestmark = [pytest.mark.octave, pytest.mark.original]


@pytest.fixture(autouse=True)
def one_case(monkeypatch, tmp_path):
    """One small case; one small net for the gradients, of which few numbers are checked."""
    monkeypatch.setattr(run, "_NAMES", ("kernel-1",))
    monkeypatch.setattr(run, "CASES", (SMALL,))
    monkeypatch.setattr(gradient, "_MOST", 3)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def copy(tmp_path):
    """The original, to be edited; its folder has a name that must never be run."""
    folder = tmp_path / "it's\n;system('touch hit');"
    shutil.copytree(require_original(), folder)
    return folder


def edit(folder, file, pattern, text):
    path = next(folder.rglob(file))
    changed, found = re.subn(pattern, lambda _: text, path.read_text())
    assert found
    path.write_text(changed)


def examined(folder, out, *more):
    code = cli.main(["toolbox", str(folder), "--out", str(out), *more])
    return code, json.loads((out / "toolbox.json").read_text())


def statuses(content):
    return {each["name"]: each["status"] for each in content["functions"]}


def test_the_examples_say_what_their_readme_says(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(run, "CASES", CASES)
    runpy.run_path(str(EXAMPLE / "make.py"))["make"](tmp_path)
    shown = ""
    for name, code, more in (("wrong", 1, ()), ("right", 0, ("--port", "relu_port"))):
        assert examined(tmp_path / name, tmp_path / "out", *more)[0] == code
        shown += capsys.readouterr().out
    quoted = re.findall(r"^    (.+)$", (EXAMPLE / "README.md").read_text(), re.MULTILINE)
    wording = [line for line in quoted if not line.startswith(("python", "dltparity", "cd"))]
    assert len(wording) > 5
    for line in wording:
        assert line in shown


OWN = """
from dltcnn import cnnapplygrads as right, cnnff, Opts

def cnnapplygrads(net, opts):
    net = right(net, opts)  # cnnapplygrads.m:6
    net.ffb = net.ffb + 1e-3
    return net

def cnnbp(net, y):
    net.o[0, 0] = 7.0
    return net

def cnntest(net, x, y):
    while True: pass

def cnnff(net, x):
    raise ValueError("no such luck")
"""


def test_each_fault_of_python_functions_is_named(copy, tmp_path):
    (tmp_path / "own.py").write_text(OWN)
    content = run.run(copy, limit=3, port="own")
    found = {each["name"]: each for each in content["port"]["functions"]}
    assert run.exit_code(content) == 1
    status = {name: each["status"] for name, each in found.items()}
    assert status == dict.fromkeys(("cnnff", "cnnbp", "cnntest"), "stops") | {
        "cnnapplygrads": "different"
    }
    assert "ffb(1, 1) is " in found["cnnapplygrads"]["wording"]
    assert found["cnnff"]["wording"] == "ValueError: no such luck"
    assert found["cnnbp"]["wording"] == "it changes its argument 1"
    assert found["cnntest"]["wording"] == "did not return within 3 s"


def test_a_turned_sign_is_named_by_statement(copy, tmp_path):
    edit(copy, "cnnbp.m", r"\.db\{j\} = sum", ".db{j} = -sum")
    code, content = examined(copy, tmp_path / "out")
    assert (code, content["verdict"]) == (1, "wrong")
    assert "leads there: cnnbp.m:46 (sets layers{4}.db)" in content["gradients"][0]["first_wrong"]
    places = [[hunk["place"] for hunk in each] for each in content["repair"]["sets"]]
    assert places == [["cnnbp.m:46"]]
    assert not list(tmp_path.rglob("hit")) and not Path("hit").exists()


DK = "convn(flipall(net.layers{l - 1}.a{i}), net.layers{l}.d{j}, 'valid')"
WRONG = {
    "kernel gradients turned about all axes": (
        *("cnnbp.m", re.escape(DK), f"flipall({DK})"),
        "leads there: cnnbp.m:44 (sets layers{4}.dk)",
    ),
    "images turned about two axes of three": (
        *("cnnbp.m", r"convn\(flipall\(", "convn(rot180("),
        "leads there: cnnbp.m:44 (sets layers{4}.dk)",
    ),
    "another activation forward than backward": (
        *("cnnff.m", r"= sigm\(z \+ (net.*)\);", "= tanh(z + net.layers{l}.b{j});"),
        "cnnbp.m:26 (sets layers{4}.d)",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_edit_is_named_by_statement(name, copy):
    *change, wording = WRONG[name]
    edit(copy, *change)
    folder = find(copy)
    with staged(folder, require_original()) as stage, Octave(paths=[stage.folder]) as session:
        groups = gradient.gradients(session, SMALL).groups
        settings = blame.executed(session, stage, SMALL, "")
    assert wording in blame.first_wrong(groups, settings)


def test_rounding_layout_and_a_blunt_check_of_gradients(copy, tmp_path):
    edit(copy, "cnnbp.m", r"mean\(net\.od, 2\)", "sum(net.od, 2) * (1 / size(net.od, 2))")
    edit(copy, "sigm.m", r"1\./", "1 ./  ")
    edit(copy, "cnnapplygrads.m", r"opts\.alpha \* net\.dffb", "net.dffb * opts.alpha")
    edit(copy, "cnnnumgradcheck.m", r"er      = 1e-8", "er      = 1e8")
    code, content = examined(copy, tmp_path / "out")
    assert code == 0
    found = statuses(content)
    assert found["cnnbp"] == "rounding"
    assert found["sigm"] == "layout"
    assert found["cnnapplygrads"] == "bits"
    assert found["cnnff"] == "same"
    entry = next(each for each in content["functions"] if each["name"] == "cnnnumgradcheck")
    assert entry["status"] == "different"
    assert {each["field"] for each in entry["fields"]} == {
        f"refuses_{kind}" for kind in ("ffb", "ffW", "b", "k")
    }


def test_what_hangs_or_dies_is_named_and_the_others_go_on(copy):
    edit(copy, "cnnapplygrads.m", r"net\.ffW = ", "while true, end, net.ffW = ")
    edit(copy, "cnntest.m", r"er = ", "kill(getpid(), 9); er = ")
    content = run.run(copy, limit=3)
    found = {each["name"]: each for each in content["functions"]}
    assert "did not answer within 3 s" in found["cnnapplygrads"]["stops"][0]["at"]
    assert "was ended by SIGKILL" in found["cnntest"]["stops"][0]["at"]
    assert content["verdict"] == "right"


def test_what_stops_cannot_be_measured(copy, tmp_path):
    edit(copy, "cnnff.m", r"inputmaps = 1;", "inputmaps = net.inputmaps;")
    code, content = examined(copy, tmp_path / "out")
    assert (code, content["verdict"]) == (4, "not measured")
    assert content["needs"] == ["net.inputmaps"]
    assert "cnnff.m:4" in content["gradients"][0]["not_measured"]
    program = tmp_path / "mine.m"
    program.write_text("net.inputmaps = 1;\n")
    code, content = examined(copy, tmp_path / "out", "--setup", str(program))
    assert (code, content["verdict"]) == (0, "right")


def test_another_loss(copy, tmp_path):
    edit(copy, "cnnbp.m", r"net\.od = net\.e \.\* \(net\.o .*", "net.od = net.e;")
    code, content = examined(copy, tmp_path / "out")
    assert (code, content["verdict"]) == (0, "right for another loss")
    assert content["gradients"][0]["loss"] == "the two-sided cross-entropy"


@pytest.mark.parametrize("text", ["net.layers = nonsense;", "error('no');"])
def test_a_program_that_fails_is_a_wrong_request(copy, tmp_path, text, capsys):
    program = tmp_path / "mine.m"
    program.write_text(text)
    assert cli.main(["toolbox", str(copy), "--setup", str(program), "--out", str(tmp_path)]) == 2
    assert "the program given with --setup fails" in capsys.readouterr().err
