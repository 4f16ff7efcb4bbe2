"""MATLAB's passing by value: what a function gets stays as it is, and what it returns is apart."""

import pickle
from copy import deepcopy
from threading import Thread

import numpy as np
import pytest

import dltcnn
from both_sides.functions import images
from dltcnn import Layer, MatlabError, Net, OctaveRandom, Opts, cnnbp, cnnff, cnnsetup
from dltcnn.matlab import Struct, row
from dltcnn.mfile import mfile
from dltcnn.util.expand import expand
from dltcnn.util.flipall import flipall
from dltcnn.util.sigm import sigm

X, Y = images(8, 8, 4)


def _arrays(value):
    """Run through the arrays in structs, cell arrays and sequences."""
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, Struct | list | tuple):
        for item in vars(value).values() if isinstance(value, Struct) else value:
            yield from _arrays(item)


STACKS = {
    "cnn": (Layer("c", outputmaps=2, kernelsize=3), Layer("s", scale=2)),
    "acnn": (
        Layer("a", outputmaps=2, kernelsize=3, penalty="entropy", lam=0.1),
        Layer("s", scale=2, trainable=True),
        Layer("f", units=3),
    ),
}
OPTS = Opts(alpha=np.array(0.5), batchsize=2, numepochs=1)


def stepped(family):
    """A net after a whole step, so that it holds every field, and its functions."""
    f = {name: getattr(dltcnn, family + name) for name in STEPS | {"setup": None, "train": None}}
    net = f["setup"](Net([Layer("i"), *STACKS[family]]), X, Y, OctaveRandom(1))
    net = f["applygrads"](f["bp"](f["ff"](net, X), Y), OPTS)
    return net, f


STEPS = {
    "ff": lambda f, net: f(net, X),
    "bp": lambda f, net: f(net, Y),
    "applygrads": lambda f, net: f(net, OPTS),
}
CALLS = STEPS | {
    "setup": lambda f, net: f(net, X, Y, OctaveRandom(2)),
    "train": lambda f, net: f(net, X, Y, OPTS, OctaveRandom(2)),
}


@pytest.mark.parametrize("family", STACKS)
@pytest.mark.parametrize("function", CALLS)
def test_no_array_is_written_into_or_shared(family, function):
    net, f = stepped(family)
    given = list(_arrays([net, X, Y, OPTS]))
    before = [array.copy() for array in given]
    for array in given:
        array.setflags(write=False)  # a statement that writes into one fails here
    try:
        result = CALLS[function](f[function], net)
    finally:
        for array in given:
            array.setflags(write=True)
    assert all(np.array_equal(a, b) for a, b in zip(given, before, strict=True))
    returned = list(_arrays(result))
    assert returned
    assert not any(np.shares_memory(a, b) for a in returned for b in given)


@pytest.mark.parametrize("function", [flipall, sigm, lambda x: expand(x, (1, 1, 1))])
def test_a_view_does_not_get_out(function):
    assert not np.shares_memory(function(X), X)


def test_a_struct_and_its_cell_arrays_are_its_own():
    net, f = stepped("cnn")
    result = f["ff"](net, X)
    result.layers[1].k[0][0] = None
    result.layers[1].scale = 7
    result.layers.append("more")
    assert net.layers[1].k[0][0] is not None
    assert "scale" not in vars(net.layers[1])
    assert len(net.layers) == 3


ODD = {
    "biases in an array": lambda c, net: setattr(c, "b", np.zeros(2)),
    "kernels in an array": lambda c, net: setattr(c, "k", np.array([c.k[0]])),
    "kernels in a list of arrays": lambda c, net: c.k.__setitem__(0, np.array(c.k[0])),
    "layers in a tuple": lambda c, net: setattr(net, "layers", tuple(net.layers)),
    "layers in an array": lambda c, net: setattr(net, "layers", np.array(net.layers, object)),
    "a field of the user's": lambda c, net: setattr(net, "info", {"at": [np.ones(2)]}),
    "a tuple of the user's": lambda c, net: setattr(net, "info", ([np.ones(2)],)),
}


@pytest.mark.filterwarnings("ignore::dltcnn.DltWarning")  # a field that no function uses
@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("function", ["applygrads", "train"])
def test_odd_containers_stay_the_callers_too(odd, function):
    net, f = stepped("cnn")
    ODD[odd](net.layers[1], net)
    before = deepcopy(net)
    result = CALLS[function](f[function], net)
    assert pickle.dumps(net) == pickle.dumps(before)
    assert result.layers[1] is not net.layers[1]
    assert getattr(result, "info", 0) is not getattr(net, "info", 1)
    if "info" in vars(net):
        ours, theirs = (i["at"] if isinstance(i, dict) else i[0] for i in (net.info, result.info))
        assert ours is not theirs
        assert not np.shares_memory(ours[0], theirs[0])


def test_results_are_apart_after_a_refusal_too():
    net, f = stepped("cnn")
    with pytest.raises(MatlabError):
        f["bp"](net, Y[:, :3])
    assert not any(np.shares_memory(a, b) for a in _arrays(f["bp"](net, Y)) for b in _arrays(net))


def test_results_are_apart_in_every_thread():
    net, f = stepped("cnn")

    class Random(OctaveRandom):
        def randperm(self, n):
            thread.start()  # in the middle of a training
            thread.join()
            return super().randperm(n)

    others = []
    thread = Thread(target=lambda: others.append(f["bp"](net, Y)))
    f["train"](net, X, Y, OPTS, Random(1), verbose=False)
    assert not any(np.shares_memory(a, b) for a in _arrays(others[0]) for b in _arrays(net))


def test_fields_of_a_result_are_apart_from_each_other():
    """Maps of 1x1 are the feature vector's own rows, and its sensitivities theirs."""
    net = Net([Layer("i"), Layer("c", outputmaps=2, kernelsize=8), Layer("s", scale=1)])
    net = cnnbp(cnnff(cnnsetup(net, X, Y, OctaveRandom(1)), X), Y)
    found = list(_arrays(net))
    assert not any(np.shares_memory(a, b) for n, a in enumerate(found) for b in found[:n])


def test_an_array_in_place_of_cells_is_the_callers_in_a_call_from_inside_too():
    @mfile
    def inner(net):
        net.layers[1].k[0][1] = 9
        return net

    @mfile
    def outer(net):
        net.layers[1].k[0] = row(1, 2)
        return inner(net), net

    others, own = outer(stepped("cnn")[0])
    assert [net.layers[1].k[0].tolist() for net in (others, own)] == [[[1, 9]], [[1, 2]]]
