"""The original's limits that are no refusals, live, and the port beside it.

The list of limits (dltparity/checks/limits.toml) names these tests.
"""

import numpy as np
import pytest

from both_sides.functions import assert_same, images, in_octave, net_of, refusal_of
from dltcnn import OctaveRandom, Opts
from dltcnn.functions import cnnapplygrads, cnnbp, cnnff, cnntest, cnntrain
from dltparity.cases.standard import standard
from dltparity.comparison.rows import compare
from dltparity.octave.session import Octave
from dltparity.original.cache import original
from dltparity.traces.octave import octave_trace
from dltparity.traces.port import port_trace
from dltparity.traces.trace import field_name, net_fields

CASES = {case.name: case for case in standard()}


STEP = "cnnapplygrads(cnnbp(cnnff(in.net, in.x), in.y), in.opts)"


def step(session, net, x, y, opts=None):
    """The original's fields after forward, backward and update; the port has the same."""
    opts = opts or Opts(alpha=1)
    theirs = in_octave(session, STEP, net=net, x=x, y=y, opts=opts)
    assert_same(theirs, net_fields(cnnapplygrads(cnnbp(cnnff(net, x), y), opts)))
    return theirs


def single(fields):
    """The names of the fields that hold singles."""
    return {field_name(p) for p, value in fields.items() if value.dtype == np.float32}


def test_single_images_make_everything_single_but_unused_biases(original_session):
    x, y = images(8, 8, 4)
    fields = step(original_session, net_of("2c3-2s", x, y), x.astype(np.float32), y)
    double = {path for path, value in fields.items() if value.dtype == np.float64}
    assert {p for p in double if field_name(p) not in ("outputmaps", "kernelsize", "scale")} == {
        "layers{3}.b{1}",
        "layers{3}.b{2}",
    }


def test_single_targets_leave_the_first_batchs_activations_double(original_session):
    x, y = images(8, 8, 4)
    fields = step(original_session, net_of("2c3-2s", x, y), x, y.astype(np.float32))
    assert {"a", "fv", "o"}.isdisjoint(single(fields))
    assert {"e", "L", "od", "fvd", "d", "dk", "db", "dffW", "dffb", "k", "ffW"} <= single(fields)


@pytest.mark.parametrize("x_class", [np.uint8, np.int32, bool])
def test_integer_and_logical_images_keep_their_class_in_the_first_layer(original_session, x_class):
    x, y = images(8, 8, 4)
    x = (200 * x).astype(x_class)
    fields = step(original_session, net_of("2c3-2s", x, y), x, y)
    assert fields["layers{1}.a{1}"].dtype == x_class
    rest = {p: v.dtype for p, v in fields.items() if p != "layers{1}.a{1}"}
    assert set(rest.values()) == {np.dtype(float)}


GEOMETRIES = (
    *("one-map", "wide", "tall", "scale-1", "scale-3", "scale-4", "kernel-1"),
    *("last-c", "first-s", "only-i"),
)


@pytest.mark.parametrize("name", GEOMETRIES)
def test_unusual_geometries_work(original_session, name):
    theirs = octave_trace(original_session, "cnn", CASES[name])
    rows = compare(theirs, port_trace(CASES[name]))
    assert not [row for row in rows if not row.same]
    assert np.isfinite(theirs["trained.o"]).all()


def test_a_nan_pixel_spoils_its_image_and_all_gradients(original_session):
    x, y = images(12, 12, 5)
    x[4, 4, 2] = np.nan
    net = net_of("2c3-1s-2c3-2s", x, y)
    fields = step(original_session, net, x, y)
    assert np.isnan(fields["o"]).all(axis=0).tolist() == [False, False, True, False, False]
    first = [value for path, value in fields.items() if path.startswith("layers{2}.dk")]
    assert all(np.isnan(kernel).all() for kernel in first)
    assert np.isnan(fields["dffW"]).all()


def test_an_infinite_pixel_saturates(original_session):
    x, y = images(12, 12, 5)
    x[4, 4, 2] = np.inf
    fields = step(original_session, net_of("2c3-2s", x, y), x, y)
    assert all(np.isfinite(v).all() for path, v in fields.items() if path != "layers{1}.a{1}")


def test_one_output_is_tested_along_the_row(original_session):
    x, _ = images(8, 8, 50)
    y = (np.arange(50) % 2.0)[None]
    net = net_of("2c3-2s", x, y)
    theirs = in_octave(original_session, "cnntest(in.net, in.x, in.y)", net=net, x=x, y=y)
    er, _ = cnntest(net, x, y)
    assert theirs["value"].item() == er
    wrong = np.mean((cnnff(net, x).o[0] > 0.5) != y[0])
    assert er == 0.02
    assert wrong > 0.3


def test_the_unused_bias_of_a_subsampling_layer_changes_nothing(original_session):
    x, y = images(8, 8, 4)
    net = net_of("2c3-2s", x, y)
    before = step(original_session, net, x, y)
    net.layers[2].b[0] = 7.0
    after = step(original_session, net, x, y)
    assert after.pop("layers{3}.b{1}").item() == 7.0
    before.pop("layers{3}.b{1}")
    assert_same(before, after)
    assert "layers{3}.db{1}" not in after


def test_a_saturated_output_does_not_learn(original_session):
    x, y = images(8, 8, 4)
    net = net_of("2c3-2s", x, y)
    net.ffb[:] = 50.0
    fields = step(original_session, net, x, y)
    assert (fields["o"] == 1).all()
    assert fields["L"].item() > 0.5
    assert not fields["dffW"].any()
    assert not fields["layers{2}.dk{1}{1}"].any()


def test_an_activation_in_a_layer_is_ignored(original_session):
    x, y = images(8, 8, 4)
    net = net_of("2c3-2s", x, y)
    ours = net_fields(cnnff(net, x))
    assert_same(in_octave(original_session, "cnnff(in.net, in.x)", net=net, x=x), ours)
    original_session.eval("in.net.layers{2}.activation = 'relu'; result = cnnff(in.net, in.x);")
    assert_same(original_session.fields("result"), ours)


def test_decay_and_momentum_are_ignored(original_session):
    x, y = images(8, 8, 4)
    net = cnnbp(cnnff(net_of("2c3-2s", x, y), x), y)
    opts = {"alpha": 1, "weightPenaltyL2": 0.5, "momentum": 0.9}
    theirs = in_octave(original_session, "cnnapplygrads(in.net, in.opts)", net=net, opts=opts)
    assert_same(theirs, net_fields(cnnapplygrads(net, Opts(alpha=1))))


def test_the_test_returns_no_labels(original_session):
    assert in_octave(original_session, "nargout('cnntest')")["value"].item() == 2
    x, y = images(8, 8, 4)
    assert len(cnntest(net_of("2c3-2s", x, y), x, y)) == 2


def test_the_flip_of_the_batch_axis_sums_the_gradient_over_images(original_session):
    """Flipping all axes makes the true convolution a correlation of each image with its delta."""
    x, y = images(6, 7, 4)
    fields = step(original_session, net_of("1c3-1s", x, y), x, y)
    d = fields["layers{2}.d{1}"]
    total = np.zeros((3, 3))
    for u in range(3):
        for v in range(3):
            total[u, v] = np.vdot(x[u : u + 4, v : v + 5], d) / 4
    np.testing.assert_allclose(fields["layers{2}.dk{1}{1}"], total[::-1, ::-1], rtol=1e-12)


def test_the_gradient_check_skips_subsampling_layers(original_session):
    x, y = images(8, 8, 4)
    net = cnnbp(cnnff(net_of("2c3-2s", x, y), x), y)
    net.layers[2].db.append(1e6)
    original_session.give("in", {"net": net, "x": x, "y": y})
    original_session.eval("cnnnumgradcheck(in.net, in.x, in.y);")


def test_a_learning_rate_of_an_integer_class_rounds_the_weights(original_session):
    x, y = images(8, 8, 4)
    fields = step(original_session, net_of("2c3-2s", x, y), x, y, Opts(alpha=np.int32(1)))
    assert fields["layers{2}.k{1}{1}"].dtype == np.int32
    assert not fields["layers{2}.k{1}{1}"].any()


@pytest.mark.octave
@pytest.mark.original
def test_without_util_on_the_path_the_functions_are_missing():
    x, y = images(8, 8, 4)
    with Octave(paths=[original() / "CNN"]) as session:
        net = net_of("2c3-2s", x, y)
        message, line = refusal_of(in_octave, session, "cnnff(in.net, in.x)", net=net, x=x)
    assert message.startswith("'sigm' undefined")
    assert line == "cnnff.m:17"


def test_half_an_epoch_is_none(original_session):
    x, y = images(8, 8, 4)
    net = net_of("2c3-2s", x, y)
    opts = Opts(alpha=1, batchsize=2, numepochs=2.5)
    code = "cnntrain(in.net, in.x, in.y, in.opts)"
    fields = in_octave(original_session, code, 11, net=net, x=x, y=y, opts=opts)
    port = cnntrain(net, x, y, opts, OctaveRandom(11), verbose=False)
    assert_same(fields, net_fields(port))
    assert fields["rL"].size == 5  # the first loss, then two epochs of two batches
