"""dltparity show: the values around the worst place, and where that is in both languages."""

import json

import numpy as np
import pytest

from dltcnn import Net, OctaveRandom, Opts, cnnbp, cnnff, cnnsetup, cnntest, cnntrain
from dltparity import cli, run, shown_values
from dltparity.cases.shorthand import build
from dltparity.cases.standard import standard
from dltparity.errors import RequestError
from dltparity.shown_values import in_python
from dltparity.traces.port import port_trace

PLACE = (2, 5)


@pytest.fixture
def show(capsys):
    def shown(*words):
        given = ["show", *words, "--reference", "recorded", "--json"]
        code = cli.main([*map(str, given)])
        return code, json.loads(capsys.readouterr().out)

    return shown


def planted(monkeypatch, change, field="bp.dffW"):
    """Change one field of the port's trace."""

    def changed(*given):
        trace = port_trace(*given)
        value = trace[field].copy()
        return trace | {field: change(value)}

    monkeypatch.setattr(shown_values, "port_trace", changed)


def put(number):
    def change(value):
        value[0, 0] += 1e-9  # differs too, by less
        value[PLACE] = number
        return value

    return change


def test_the_worst_place_is_shown_with_its_neighbours(show, monkeypatch):
    planted(monkeypatch, put(7.5))
    code, content = show("kernel-1", "bp.dffW")
    assert (code, content["verdict"], content["different"]) == (1, "fail", 2)
    assert content["line"] == "cnnbp.m:50"
    (worst,) = (each for each in content["values"] if each["worst"])
    assert (worst["matlab"], worst["python"]) == ("bp.dffW(3, 6)", "net.dffW[2, 5]")
    assert (worst["port"], worst["port_hex"]) == ("7.5", "0x1.e000000000000p+2")
    assert float(worst["reference"]) == float.fromhex(worst["reference_hex"])
    assert worst["difference"] == pytest.approx(7.5 - float(worst["reference"]))
    unit = np.spacing(abs(float(worst["reference"])))
    assert worst["ulps"] == pytest.approx(worst["difference"] / unit)
    places = [each["matlab"] for each in content["values"]]
    rows = range(2, min(4, content["size"][0]) + 1)
    columns = range(5, min(7, content["size"][1]) + 1)
    assert places == [f"bp.dffW({row}, {column})" for column in columns for row in rows]


@pytest.mark.parametrize(("around", "count"), [(0, 1), (99, None)])
def test_as_many_neighbours_as_were_asked_for(around, count, show):
    code, content = show("kernel-1", "bp.dffW", "--around", around)
    assert code == 0
    assert len(content["values"]) == (count or np.prod(content["size"]))
    assert sum(each["worst"] for each in content["values"]) == 1


@pytest.mark.parametrize("number", [np.nan, np.inf])
def test_what_is_not_finite_is_worst(number, show, monkeypatch):
    planted(monkeypatch, put(number))
    code, content = show("kernel-1", "bp.dffW")
    (worst,) = (each for each in content["values"] if each["worst"])
    assert (code, worst["port"], worst["difference"]) == (1, str(number), "inf")


def test_a_zeros_sign_is_said():
    trace = np.array([[0.0]]), np.array([[-0.0]])
    content = shown_values._compared("bp.L", *trace, 1)
    assert content["different"] == 1
    (lines,) = ([*shown_values._lines(each)] for each in content["values"])
    assert lines[0] == "* bp.L(1, 1) = net.L  differ in the sign of zero"


@pytest.mark.parametrize(
    ("change", "wording"),
    [
        (lambda value: value[:, :2], "size "),
        (lambda value: value.astype(np.float32), "class float64 in the reference, float32"),
    ],
)
def test_class_and_size_come_first(change, wording, show, monkeypatch, capsys):
    planted(monkeypatch, change)
    code, content = show("kernel-1", "bp.dffW")
    assert code == 1 and wording in content["problem"] and not content["values"]


def test_without_a_difference_the_largest_value_is_shown(capsys):
    assert cli.main(["show", "kernel-1", "trained.rL", "--reference", "recorded"]) == 0
    printed = capsys.readouterr().out
    assert "values differ; around the largest value (*):" in printed
    assert printed.endswith("PASS: trained.rL of kernel-1\n")


@pytest.mark.parametrize(
    ("words", "wording"),
    [
        (("no-such", "bp.L"), "there is no case 'no-such'"),
        (("kernel-1", "bp.dffw"), "has no field 'bp.dffw': it has bp.dff"),
        (("kernel-1", ""), "has no field ''"),
        (("kernel-1", "bp.L", "--around", "-1"), None),
        (("digits", "ff.fv"), "only the digest was recorded"),
    ],
)
def test_what_is_not_there_is_2(words, wording, capsys):
    given = ["show", *words, "--reference", "recorded"]
    if wording is None:
        with pytest.raises(SystemExit):
            cli.main(given)
    else:
        assert cli.main(given) == 2
        error = capsys.readouterr().err
        assert wording in error and error.count("\n") == 1


def test_a_port_that_stops_is_said(monkeypatch, capsys):
    def stops(*_):
        raise IndexError("deep inside")

    monkeypatch.setattr(shown_values, "port_trace", stops)
    assert cli.main(["show", "kernel-1", "bp.L", "--reference", "recorded"]) == 2
    assert "the port raises IndexError: deep inside" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("field", "index", "text"),
    [
        ("bp.layers{2}.dk{1}{3}", (0, 4), "net.layers[1].dk[0][2][0, 4]"),
        ("ff.layers{3}.a{2}", (0, 4, 1), "net.layers[2].a[1][0, 4, 1]"),
        ("bp.L", (0, 0), "net.L"),
        ("trained.rL", (0, 3), "net.rL[3]"),
        ("test.er", (0, 0), "er"),
        ("test.bad", (0, 6), "bad[6]"),
        ("train.ffW", (1, 2, 7), "net.ffW[1, 2] before batch 7"),
        ("train.layers{2}.b{4}", (0, 0), "net.layers[1].b[3] before batch 0"),
    ],
)
def test_python_counts_from_0(field, index, text):
    assert in_python(field, index) == text


def test_pythons_place_holds_the_value_that_is_shown(show):
    """The text is Python that a user may type."""
    (case,) = (each for each in standard() if each.name == "kernel-1")
    rng = OctaveRandom(case.seed)
    net = cnnsetup(Net(build(case.spec)), case.x, case.y, rng)
    n = case.batchsize
    step = cnnbp(cnnff(net, case.x[:, :, :n]), case.y[:, :n])
    opts = Opts(alpha=case.alpha, batchsize=n, numepochs=case.epochs)
    net = cnntrain(net, case.x, case.y, opts, rng, verbose=False)
    er, bad = cnntest(net, case.test_x, case.test_y)
    names = {"er": er, "bad": bad + 1}  # the trace has MATLAB's numbers of the images
    backward = ("layers{2}.dk{1}{2}", "layers{2}.db{1}", "layers{2}.d{2}", "dffb", "L", "fvd")
    for holds, fields in (
        (step, [f"bp.{field}" for field in backward]),
        (step, ["ff.layers{2}.a{2}", "ff.layers{1}.a{1}", "ff.o"]),
        (net, ["trained.rL", "trained.layers{2}.b{1}", "trained.ffW", "test.er", "test.bad"]),
    ):
        for field in fields:
            _, content = show("kernel-1", field)
            for each in content["values"]:
                value = eval(each["python"], {"net": holds, **names})
                assert float(value).hex() == each["port_hex"], each


@pytest.mark.octave
def test_live_values_of_octave(capsys):
    words = ["show", "wide", "bp.layers{2}.dk{1}{3}", "--reference", "acnn", "--json"]
    assert cli.main(words) == 0
    content = json.loads(capsys.readouterr().out)
    assert (content["reference"], content["promise"], len(content["values"])) == ("acnn", "bit", 6)


def test_the_plan_is_that_of_run(monkeypatch, capsys):
    def plan(*given):
        raise RequestError(str(given))

    monkeypatch.setattr(run, "plan", plan)
    words = ["show", "kernel-1", "bp.L", "--reference", "acnn", "--blas", "system"]
    assert cli.main(words) == 2
    assert "('acnn', 'system', None)" in capsys.readouterr().err
