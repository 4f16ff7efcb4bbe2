"""Edited copies in Octave: what is found of them, and what they cannot do to the command."""

import json
import re
import runpy
import shutil
from pathlib import Path

import pytest

from dltparity import cli
from dltparity.toolbox import run

EXAMPLE = Path(__file__).parents[2] / "examples" / "toolbox"
pytestmark = [pytest.mark.octave, pytest.mark.original]


@pytest.fixture(autouse=True)
def one_case(monkeypatch):
    """One small case, and one net for the gradients."""
    monkeypatch.setattr(run, "_NAMES", ("kernel-1",))
    monkeypatch.setattr(run, "CASES", run.CASES[:1])


@pytest.fixture
def copy(tmp_path):
    """The original, to be edited; its folder has a name that must never be run."""
    from dltparity.original.cache import require_original

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


def test_the_examples_say_what_their_readme_says(tmp_path, capsys):
    runpy.run_path(str(EXAMPLE / "make.py"))["make"](tmp_path)
    shown = ""
    for name, code in (("right", 0), ("wrong", 1)):
        assert examined(tmp_path / name, tmp_path / "out")[0] == code
        shown += capsys.readouterr().out
    quoted = re.findall(r"^    (.+)$", (EXAMPLE / "README.md").read_text(), re.MULTILINE)
    said = [line for line in quoted if not line.startswith(("python", "dltparity"))]
    assert said
    for line in said:
        assert line in shown


def test_a_turned_sign_is_named_by_statement(copy, tmp_path):
    edit(copy, "cnnbp.m", r"\.db\{j\} = sum", ".db{j} = -sum")
    code, content = examined(copy, tmp_path / "out")
    assert (code, content["verdict"]) == (1, "wrong")
    assert "from cnnbp.m:46 (sets layers{4}.db) on" in content["gradients"][0]["first_wrong"]
    places = [[hunk["place"] for hunk in each] for each in content["repair"]["sets"]]
    assert places == [["cnnbp.m:46"]]
    assert not list(tmp_path.rglob("hit")) and not Path("hit").exists()


def test_rounding_and_layout(copy, tmp_path):
    edit(copy, "cnnbp.m", r"mean\(net\.od, 2\)", "sum(net.od, 2) * (1 / size(net.od, 2))")
    edit(copy, "sigm.m", r"1\./", "1 ./  ")
    edit(copy, "cnnapplygrads.m", r"opts\.alpha \* net\.dffb", "net.dffb * opts.alpha")
    code, content = examined(copy, tmp_path / "out")
    assert code == 0
    found = statuses(content)
    assert found["cnnbp"] == "rounding"
    assert found["sigm"] == "layout"
    assert found["cnnapplygrads"] == "bits"
    assert found["cnnff"] == "same"


def test_what_hangs_is_ended_and_named(copy, tmp_path, monkeypatch):
    monkeypatch.setattr(run, "LIMIT_SECONDS", 20)
    edit(copy, "cnnapplygrads.m", r"net\.ffW = ", "while true, end, net.ffW = ")
    content = run.run(copy, limit=20)
    found = {each["name"]: each for each in content["functions"]}
    assert "did not answer within 20 s" in found["cnnapplygrads"]["stops"][0]["at"]
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


def test_a_blunt_check_of_gradients_is_found(copy, tmp_path):
    edit(copy, "cnnnumgradcheck.m", r"er      = 1e-8", "er      = 1e8")
    _, content = examined(copy, tmp_path / "out")
    entry = next(each for each in content["functions"] if each["name"] == "cnnnumgradcheck")
    assert entry["status"] == "different"
    assert {each["field"] for each in entry["fields"]} == {
        f"refuses_{kind}" for kind in ("ffb", "ffW", "b", "k")
    }


@pytest.mark.parametrize("text", ["net.layers = nonsense;", "error('no');"])
def test_a_program_that_fails_is_a_wrong_request(copy, tmp_path, text, capsys):
    program = tmp_path / "mine.m"
    program.write_text(text)
    assert cli.main(["toolbox", str(copy), "--setup", str(program), "--out", str(tmp_path)]) == 2
    assert "the program given with --setup fails" in capsys.readouterr().err
