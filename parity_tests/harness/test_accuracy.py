"""The errors against extended precision: reference, port, cnnsetup's weights."""

import json
from dataclasses import replace

import numpy as np
import pytest

from both_sides.planted_faults import broken_port
from dltcnn.functions import acnntest, cnntest
from dltparity.cases.standard import Case
from dltparity.checks import accuracy
from dltparity.comparison.error_analysis import extended
from dltparity.comparison.verdict import judge
from dltparity.report.accuracy import render
from dltparity.traces.port import port_trace

CASE = Case("small", "2c3-2s", 8, 8, images=6, batchsize=3, classes=2)
SINGLE = replace(CASE, name="small-single", x_class="float32")


def result(case, port=None):
    reference = port_trace(case)
    return judge(case, "original", "reference", "bit", reference, port or reference)


@pytest.mark.parametrize("case", [CASE, SINGLE])
def test_every_field_of_a_step_and_of_setup_has_a_figure(case):
    (entry,) = accuracy.gather([result(case)])["cases"]
    assert entry["class"] == case.class_name
    named = {path.split(".")[-1] if "layers" in path else path for path in entry["fields"]}
    assert {"setup.ffW", "ff.o", "bp.dffW", "apply.ffb", "k", "a", "d", "dk", "db"} <= named
    for path, (reference, port) in entry["fields"].items():
        assert reference == port
        assert 0 <= port < 4, path
    assert max(port for _, port in entry["fields"].values()) > 0.3


def test_a_larger_error_of_the_port_shows_beside_the_references():
    port = port_trace(CASE)
    port["bp.dffW"] = port["bp.dffW"] * (1 + 1e-13)
    (entry,) = accuracy.gather([result(CASE, port)])["cases"]
    reference, ours = entry["fields"]["bp.dffW"]
    assert ours > 50 * reference


def test_a_fault_in_setup_shows():
    old = "(rand(rng, onum, fvnum) - 0.5) * 2"
    case = replace(CASE, seed=9)  # of its own: figures are kept
    with broken_port("cnnsetup", old, f"{old} * (1 + 1e-14)"):
        port = port_trace(case)
        (entry,) = accuracy.gather([result(case, port)])["cases"]
    assert entry["fields"]["setup.ffW"][1] > 20


def test_weights_that_differ_have_no_figure_of_the_reference():
    port = port_trace(CASE)
    port["setup.ffW"] = np.nextafter(port["setup.ffW"], 1)
    (entry,) = accuracy.gather([result(CASE, port)])["cases"]
    assert entry["fields"]["setup.ffW"][0] is None
    assert entry["fields"]["setup.layers{2}.k"][0] is not None


def test_an_infinite_learning_rate_leaves_no_figure_but_the_steps_before():
    case = replace(CASE, alpha=np.inf)
    content = accuracy.gather([result(case)])
    fields = content["cases"][0]["fields"]
    assert "bp.dffW" in fields
    assert not any(field.startswith(("apply.ffW", "trained.ffW", "test.")) for field in fields)
    assert json.dumps(content, allow_nan=False)


def test_special_values_are_left_out():
    assert accuracy.gather([result(replace(CASE, special=True))]) == {}


def test_the_section_shows_each_case_once_and_what_the_figures_are_worth():
    one = result(CASE)
    content = accuracy.gather([one, replace(one, reference="acnn"), result(SINGLE)])
    text = render(content)
    assert "| small        | double  | original, acnn" in text
    assert text.count("| small-single ") == 1
    assert "| `bp.dk` " in text
    if np.finfo(np.longdouble).nmant >= 63:
        assert "no wider here" not in text


def test_where_nothing_wider_exists_the_section_says_so(monkeypatch):
    monkeypatch.setattr(accuracy, "extended", lambda cls: (np.float64, 2.0**-53))
    content = accuracy.gather([result(CASE)])
    assert content["formats"]["double"] == {
        **{"dtype": "float64", "significand": 53, "wider": False},
    }
    assert "double in float64 with 53 bits of significand, which is no wider here" in (
        render(content)
    )
    assert extended("single")[0] is np.float64


def test_a_trained_net_and_its_test_have_figures_that_grow_with_the_batches():
    (entry,) = accuracy.gather([result(CASE)])["cases"]
    trained = {path for path in entry["fields"] if path.startswith(("trained.", "test."))}
    assert trained > {"trained.ffW", "trained.rL", "trained.o", "test.er", "test.bad"}
    for path in trained:
        reference, port = entry["fields"][path]
        assert reference == port
        assert 0 <= port < 100, path
    assert entry["fields"]["test.bad"] == entry["fields"]["test.er"] == [0, 0]
    assert entry["fields"]["trained.ffb"][1] > entry["fields"]["apply.ffb"][1]


def test_a_training_that_went_astray_shows():
    port = port_trace(CASE)
    port["trained.rL"] = port["trained.rL"] * (1 + 1e-13)
    bad = port["test.bad"]
    port["test.bad"] = bad[:, 1:] if bad.size else np.array([[1.0]])
    port["test.er"] = 1 - port["test.er"]
    (entry,) = accuracy.gather([result(CASE, port)])["cases"]
    for path, least in (("trained.rL", 50), ("test.bad", 1), ("test.er", 1)):
        reference, ours = entry["fields"][path]
        assert ours >= reference + least


@pytest.mark.parametrize("cell", ["trained.ffW", "trained.layers{2}.k{1}{1}"])
def test_what_is_not_finite_on_one_side_shows(cell):
    port = port_trace(CASE)
    port[cell] = np.full_like(port[cell], np.nan)
    content = accuracy.gather([result(CASE, port)])
    reference, ours = content["cases"][0]["fields"][cell.split("{1}")[0]]
    assert reference < 10 and ours == "Inf"
    assert "inf" in render(json.loads(json.dumps(content, allow_nan=False)))


def test_a_fault_in_the_second_batch_shows():
    case = replace(CASE, seed=11)
    with broken_port("cnntrain", "0.99 * net.rL[-1]", "(0.99 + 1e-13) * net.rL[-1]"):
        (entry,) = accuracy.gather([result(case, port_trace(case))])["cases"]
    assert entry["fields"]["trained.rL"][1] > 50


def test_long_trainings_have_figures_of_their_first_step_alone():
    case = replace(CASE, epochs=21)
    (entry,) = accuracy.gather([result(case)])["cases"]
    assert not any(path.startswith(("trained.", "test.")) for path in entry["fields"])
    assert "apply.ffW" in entry["fields"]


@pytest.mark.parametrize(("name", "test"), [("original", cnntest), ("acnn", acnntest)])
def test_one_output_is_tested_as_by_its_family(name, test):
    case = replace(CASE, name="one", classes=1, layers="2c3-2s")
    trace = port_trace(case, test)
    (entry,) = accuracy.gather([judge(case, name, "reference", "bit", trace, trace)])["cases"]
    assert entry["fields"]["test.bad"] == entry["fields"]["test.er"] == [0, 0]
