"""Arguments that are no net, no options, no images at all: one sentence each."""

from types import SimpleNamespace

import numpy as np
import pytest

from both_sides.functions import images, net_of
from dltcnn import (
    Layer,
    MatlabError,
    Net,
    OctaveRandom,
    Opts,
    acnnsetup,
    acnntrain,
    cnnapplygrads,
    cnnbp,
    cnnff,
    cnnnumgradcheck,
    cnnsetup,
    cnntest,
    cnntrain,
)

X, Y = images(8, 8, 4)
NET = net_of("2c3-2s", X, Y)
OPTS = Opts(alpha=1, batchsize=2, numepochs=1)


@pytest.mark.parametrize("net", [None, {"layers": []}, [Layer("i")], "net", X])
@pytest.mark.parametrize(
    "call",
    [
        lambda net: cnnsetup(net, X, Y, OctaveRandom(0)),
        lambda net: cnnff(net, X),
        lambda net: cnnff(net, X, engine="lines"),
        lambda net: cnnbp(net, Y),
        lambda net: cnnapplygrads(net, OPTS),
        lambda net: cnntrain(net, X, Y, OPTS, OctaveRandom(0)),
        lambda net: cnntest(net, X, Y),
        lambda net: cnnnumgradcheck(net=net, x=X, y=Y),
    ],
)
def test_no_net(call, net):
    with pytest.raises(TypeError, match=f"net is of type {type(net).__name__}: expected one such"):
        call(net)


@pytest.mark.parametrize("opts", [None, {"alpha": 1}, 1.0, NET])
@pytest.mark.parametrize(
    "call",
    [
        lambda opts: cnnapplygrads(NET, opts),
        lambda opts: cnntrain(NET, X, Y, opts, OctaveRandom(0)),
        lambda opts: cnntrain(NET, X, Y, opts, OctaveRandom(0), engine="lines"),
    ],
)
def test_no_options(call, opts):
    with pytest.raises(TypeError, match=f"opts is of type {type(opts).__name__}: expected one"):
        call(opts)


@pytest.mark.parametrize("rng", [None, 0, "seed"])
def test_no_random_stream(rng):
    for call in (lambda: cnnsetup(NET, X, Y, rng), lambda: cnntrain(NET, X, Y, OPTS, rng)):
        with pytest.raises(TypeError, match=r"rng is of type \w+: expected one such as Octave"):
            call()


def test_a_random_stream_that_cannot_what_is_needed():
    rng = OctaveRandom(0)
    weights, shuffles = SimpleNamespace(rand=rng.rand), SimpleNamespace(randperm=rng.randperm)
    for setup in (cnnsetup, acnnsetup):
        assert setup(NET, X, Y, weights).ffW.size
        with pytest.raises(TypeError, match=r"rng is of type SimpleNamespace: .* rand\(rows, cols"):
            setup(NET, X, Y, shuffles)
    for train in (cnntrain, acnntrain):
        for engine in ("lines", "auto"):
            assert train(NET, X, Y, OPTS, shuffles, engine=engine).rL.size
            with pytest.raises(TypeError, match=r"expected one such as .*, with randperm\(n\)$"):
                train(NET, X, Y, OPTS, weights, engine=engine)


@pytest.mark.parametrize(
    ("x", "says"),
    [
        (None, "None was given: expected a number or an array of numbers"),
        ([[1, 2], [3]], "lists of different lengths were given"),
        ({}, "a dict was given: expected a number or an array"),
        ((X[:, :, n] for n in range(4)), r"a generator was given: .*np.stack\(\[\*x\], axis=-1\)"),
    ],
)
def test_no_images(x, says):
    for call in (
        lambda: cnnsetup(NET, x, Y, OctaveRandom(0)),
        lambda: cnnsetup(NET, X, x, OctaveRandom(0)),
        lambda: cnnff(NET, x),
        lambda: cnnbp(cnnff(NET, X), x),
        lambda: cnntrain(NET, x, Y, OPTS, OctaveRandom(0), verbose=False),
        lambda: cnntrain(NET, X, x, OPTS, OctaveRandom(0), verbose=False),
        lambda: cnntest(NET, x, Y),
        lambda: cnntest(NET, X, x),
    ):
        with pytest.raises(MatlabError, match=says):
            call()


def test_text_is_no_image():
    for call in (
        lambda: cnnsetup(NET, "images", Y, OctaveRandom(0)),
        lambda: cnnsetup(NET, X, "targets", OctaveRandom(0)),
        lambda: acnnsetup(NET, X, "targets", OctaveRandom(0)),
        lambda: cnntrain(NET, "images", Y, OPTS, OctaveRandom(0)),
        lambda: cnntrain(NET, X, y="targets", opts=OPTS, rng=OctaveRandom(0), engine="lines"),
        lambda: cnnff(NET, "images"),
        lambda: cnnbp(cnnff(NET, X), "targets"),
        lambda: cnntest(NET, "images", Y),
        lambda: cnntest(NET, X, "targets"),
    ):
        with pytest.raises(MatlabError, match=r"the text '[a-z]+' was given: expected a number or"):
            call()
    for texts in (np.array(["a", "b"]), np.array([b"a"])):
        with pytest.raises(MatlabError, match=r"an array of class .[US]1 was given: expected a"):
            cnnsetup(NET, X, texts, OctaveRandom(0))


@pytest.mark.parametrize("field", ["outputmaps", "kernelsize"])
def test_text_is_no_number(field):
    layer = Layer("c", **{"outputmaps": 2, "kernelsize": 3, field: "2"})
    with pytest.raises(MatlabError, match="the text '2' was given: expected a number"):
        cnnsetup(Net([Layer("i"), layer]), X, Y, OctaveRandom(0))


@pytest.mark.parametrize("value", ["2", None, {}])
@pytest.mark.parametrize("option", ["alpha", "batchsize", "numepochs"])
def test_an_option_is_a_number(option, value):
    opts = Opts(**{"alpha": 1, "batchsize": 2, "numepochs": 1, option: value})
    with pytest.raises(MatlabError, match="expected"):
        cnntrain(NET, X, Y, opts, OctaveRandom(0), verbose=False)


def test_infinity_is_no_number_of_epochs():
    with pytest.raises(MatlabError, match="never ends: give a finite number"):
        cnntrain(
            NET, X, Y, Opts(alpha=1, batchsize=2, numepochs=np.inf), OctaveRandom(0), verbose=False
        )


def test_lists_are_arrays():
    opts = Opts(alpha=[[1]], batchsize=[2], numepochs=[[1]])
    assert cnntrain(NET, X.tolist(), Y.tolist(), opts, OctaveRandom(0), verbose=False).rL.size == 3
    with pytest.raises(MatlabError, match="op2 is 0x0"):
        cnntrain(NET, X, Y, Opts(alpha=1, batchsize=[], numepochs=1), OctaveRandom(0))


@pytest.mark.parametrize("layers", [[], None, [1], 3])
def test_layers_taken_away(layers):
    net = NET.copy()
    net.layers = layers
    with pytest.raises((TypeError, ValueError), match="give"):
        cnnff(net, X)


def test_a_type_is_text():
    with pytest.raises(TypeError, match="a layer's type is 3: expected a text"):
        Layer(3)
