"""A number where the toolbox has a cell array: refused in Octave's words, when it comes to it."""

import numpy as np
import pytest

from both_sides.functions import refusal_of
from both_sides.refusals import Refusal, give
from dltcnn import MatlabError, Net, OctaveRandom, Opts
from dltcnn.functions import acnnff, acnnsetup, cnnapplygrads, cnnbp, cnnff, cnnsetup, cnntrain
from dltparity.cases.shorthand import build, parse

CASES = [  # field, the same value here and in Octave, what fails, where
    ("b", 0.5, "0.5", "cnnff", "cnnff.m:17"),
    ("b", 0, "0", "cnnff", "cnnff.m:17"),
    ("b", np.float64(0.5), "0.5", "cnnff", "cnnff.m:17"),
    ("k", 0.5, "0.5", "cnnff", "cnnff.m:14"),
    ("k", [0.5], "{0.5}", "cnnff", "cnnff.m:14"),
    ("a", 1.0, "1", "cnnff", "cnnff.m:17"),
    ("a", 1.0, "1", "cnnbp", "cnnbp.m:26"),
    ("d", 1.0, "1", "cnnbp", "cnnbp.m:26"),
    ("dk", 1.0, "1", "cnnbp", "cnnbp.m:44"),
    ("dk", [1.0], "{1}", "cnnbp", "cnnbp.m:44"),
    ("db", 1.0, "1", "cnnbp", "cnnbp.m:46"),
    ("k", 0.5, "0.5", "cnnapplygrads", "cnnapplygrads.m:6"),
    ("dk", 1.0, "1", "cnnapplygrads", "cnnapplygrads.m:6"),
    ("b", 0.5, "0.5", "cnnapplygrads", "cnnapplygrads.m:8"),
    ("db", 1.0, "1", "cnnapplygrads", "cnnapplygrads.m:8"),
]
STALE = "acnnfits.m:21"
ACNN = [
    ("a", 1, "1", "acnnff.m:51"),
    ("b", 0.5, "0.5", STALE),
    ("k", 0.5, "0.5", "acnnfits.m:40"),
    ("k", [0.5], "{0.5}", STALE),
]
MADE_FOR_ANOTHER = (
    "layer 2: its weights were made for another layer: run acnnsetup after a change of the net"
)
NO_CELLS = "scalar cannot be indexed with {"
NET = Refusal("number for cells", "2c3-2s", "", "")
OPTS = Opts(alpha=1, batchsize=2, numepochs=1)


def stepped(setup=cnnsetup):
    """A net after a step, and its data."""
    x, y = NET.data()
    net = setup(Net(build(parse(NET.layers))), x, y, OctaveRandom(1))
    return (cnnbp(cnnff(net, x), y) if setup is cnnsetup else net), x, y


def call(name, net, x, y, **engine):
    """Call the function that fails."""
    if name == "cnnapplygrads":
        return cnnapplygrads(net, OPTS)
    return cnnff(net, x, **engine) if name == "cnnff" else cnnbp(net, y, **engine)


@pytest.mark.parametrize("engine", ["lines", "auto"])
@pytest.mark.parametrize("row", CASES)
def test_port_refuses_a_number_for_cells(row, engine):
    field, value, _, function, line = row
    net, x, y = stepped()
    setattr(net.layers[1], field, value)
    with pytest.raises(MatlabError) as error:
        call(function, net, x, y, **({} if function == "cnnapplygrads" else {"engine": engine}))
    assert (error.value.message, error.value.line) == (NO_CELLS, line)
    assert "layer.b[0] = 0.5" in str(error.value)


@pytest.mark.parametrize("row", CASES)
def test_original_refuses_the_same(original_session, row):
    field, _, value, function, line = row
    session = original_session
    give(session, NET)
    session.eval("net = cnnbp(cnnff(cnnsetup(net, in.x, in.y), in.x), in.y);")
    session.eval(f"net.layers{{2}}.{field} = {value};")
    given = {"cnnff": "in.x", "cnnbp": "in.y", "cnnapplygrads": "in.opts"}[function]
    assert refusal_of(session.eval, f"net = {function}(net, {given});") == (NO_CELLS, line)


@pytest.mark.parametrize("engine", ["lines", "auto"])
@pytest.mark.parametrize(
    ("layer", "field", "value", "line"),
    [
        (1, "b", 0.5, "cnnff.m:17"),
        (0, "a", 0.5, "cnnff.m:3"),
        (1, "db", 0.5, "cnnbp.m:46"),
        (1, "dk", [0.5], "cnnbp.m:44"),
        (2, "d", 0.5, "cnnbp.m:20"),
    ],
)
def test_training_refuses_it_in_the_first_batch(layer, field, value, line, engine, capsys):
    net, x, y = stepped()
    setattr(net.layers[layer], field, value)
    opts = Opts(alpha=1, batchsize=2, numepochs=2)
    refusal = refusal_of(cnntrain, net, x, y, opts, OctaveRandom(1), engine=engine)
    assert refusal == (NO_CELLS, line)
    assert "epoch 2" not in capsys.readouterr().out


@pytest.mark.parametrize("engine", ["lines", "auto"])
@pytest.mark.parametrize("row", ACNN)
def test_acnn_refuses_it_too(row, engine):
    field, value, _, line = row
    net, x, _ = stepped(acnnsetup)
    setattr(net.layers[1], field, value)
    message = NO_CELLS if line != STALE else MADE_FOR_ANOTHER
    assert refusal_of(acnnff, net, x, engine=engine) == (message, line)


@pytest.mark.parametrize("row", ACNN)
def test_acnns_m_files_refuse_the_same(acnn_session, row):
    field, _, value, line = row
    session = acnn_session
    give(session, NET)
    session.eval("net = acnnsetup(net, in.x, in.y);")
    session.eval(f"net.layers{{2}}.{field} = {value};")
    message = NO_CELLS if line != STALE else MADE_FOR_ANOTHER
    assert refusal_of(session.eval, "net = acnnff(net, in.x);") == (message, line)


@pytest.mark.parametrize("engine", ["lines", "auto"])
def test_a_number_that_nothing_reads_is_left_alone(engine):
    net, x, _ = stepped()
    net.layers[1].db = 0.5
    assert cnnff(net, x, engine=engine).layers[1].db == 0.5


def test_a_number_is_one_map_to_what_counts_them():
    """Octave's numel of a number is 1, so cnnapplygrads goes on to the first map."""
    net, *_ = stepped()
    net.layers[1].a = 1.0
    moved = cnnapplygrads(net, OPTS)
    assert moved.layers[1].b[0] != net.layers[1].b[0]
    assert moved.layers[1].b[1] == net.layers[1].b[1]


def test_other_errors_stay_what_they_are():
    net, x, _ = stepped()
    net.layers[1].db = 0.5
    with pytest.raises(TypeError, match="positional"):
        cnnff(net, x, 1)
