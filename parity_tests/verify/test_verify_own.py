"""Nets of edited toolboxes, and Python functions of a user's own."""

import json
import re
import runpy
import shutil
from pathlib import Path

import pytest

from dltparity import cli
from dltparity.original.cache import require_original
from dltparity.verify import run

EXAMPLES = Path(__file__).parents[2] / "examples"
pytestmark = [pytest.mark.octave, pytest.mark.original]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """An edited toolbox, its passes in Python, and a net that the original trained."""
    folder = tmp_path_factory.mktemp("own")
    runpy.run_path(str(EXAMPLES / "toolbox" / "make.py"))["make"](folder)
    runpy.run_path(str(EXAMPLES / "verify" / "make.py"))["make"](folder)
    return folder


@pytest.fixture(autouse=True)
def reference_only(monkeypatch, files):
    """One BLAS will do; modules are found in the working folder."""
    monkeypatch.setattr(run, "BLAS", {"reference": run.BLAS["reference"]})
    monkeypatch.syspath_prepend(files)
    monkeypatch.chdir(files)


def verified(out, *more):
    words = ["net.mat", "--data", "data.mat", *map(str, more)]
    code = cli.main(["verify", *words, "--out", str(out)])
    return code, json.loads((out / "verify-net.json").read_text())


def test_the_example_says_what_its_readme_says(tmp_path, capsys):
    shown = ""
    for words, code in (
        (("net.mat", "--data", "data.mat", "--opts", "opts.mat"), 0),
        (("altered.mat", "--opts", "opts.mat"), 1),
    ):
        assert cli.main(["verify", *words, "--out", str(tmp_path)]) == code
        shown += re.sub(" +", " ", capsys.readouterr().out)
    readme = (EXAMPLES / "verify" / "README.md").read_text()
    wording = [
        re.sub(" +", " ", line)
        for line in re.findall(r"^    (.+)$", readme, re.MULTILINE)
        if not line.startswith(("python", "cd", "dltparity"))
    ]
    assert len(wording) > 5
    for line in wording:
        assert line in shown


def test_an_edited_toolbox_against_the_same_in_python(tmp_path):
    code, found = verified(tmp_path, "--toolbox", "right", "--port", "relu_port")
    on_data = [each for each in found["stages"] if "on" not in each["compared"]]
    assert all(each["verdict"] == "pass" and not each["different"] for each in on_data)
    assert (found["toolbox"], found["port"]) == ("right", "relu_port")
    assert any(each["path"].endswith("relu_port.py") for each in found["files"])
    assert code == 0


def test_an_edited_toolbox_against_the_port_differs(tmp_path):
    code, found = verified(tmp_path, "--toolbox", "right")
    assert code == 1
    first = next(each for each in found["stages"] if each["stage"].startswith("forward"))["first"]
    assert first["field"] == "layers{2}.a{1}"


def test_what_dies_stops_or_changes_its_arguments_is_named(tmp_path, files):
    copy = files / "dies"
    shutil.copytree(require_original(), copy)
    text = (copy / "CNN" / "cnntest.m").read_text()
    (copy / "CNN" / "cnntest.m").write_text(text.replace("er = ", "kill(getpid(), 9); er = "))
    code, found = verified(tmp_path, "--toolbox", copy)
    assert (code, found["verdict"]) == (4, "not measured")
    [lost] = [each for each in found["not_judged"] if each["lost"]]
    assert lost["stage"].startswith("test") and "was ended by SIGKILL" in lost["reason"]

    (files / "own_raises.py").write_text("def cnntest(net, x, y):\n    raise ValueError('no')\n")
    code, found = verified(tmp_path, "--port", "own_raises")
    assert code == 1
    assert "the port stops: ValueError: no" in [each["note"] for each in found["stages"]]

    body = "def cnnff(net, x):\n    x[0] = 0\n    return dltcnn.cnnff(net, x)\n"
    (files / "own_changes.py").write_text(f"import dltcnn\n\n{body}")
    code, found = verified(tmp_path, "--port", "own_changes")
    assert code == 1
    assert "the port stops: cnnff changes its argument 2" in [e["note"] for e in found["stages"]]
