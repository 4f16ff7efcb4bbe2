"""Why the oracles cannot find some faults, tried over all cases: a proof for each reason."""

import itertools
import math
import re

import numpy as np
import pytest

from dltcnn import Layer, MatlabError, Net, OctaveRandom
from dltcnn.acnn.acnnactivate import acnnactivate
from dltcnn.acnn.acnnapplygrads import layerof
from dltcnn.acnn.acnnparams import acnnparams
from dltcnn.acnn.acnnsoftmax import acnnsoftmax
from dltcnn.acnn.acnntrain import whole
from dltcnn.functions import acnnbp, acnnff, acnnsetup
from dltcnn.matlab import (
    Struct,
    append,
    array,
    double,
    horzcat,
    isempty,
    max_,
    numel,
    row,
    sqrt,
    vertcat,
    zeros,
)

TYPES = ("a", "c", "f", "i", "s")
ACTIVATIONS = ("sigm", "tanh", "linear")
WHOLE = range(1, 60)


def same_for(names):
    """Compare the two conditions for every name that reaches the statement."""

    def proof(change):
        (left, before), (right, after) = map(compared, (change.before, change.after))
        assert left == right
        for name in names:
            assert eval(f"name {before}", {"name": name}) == eval(f"name {after}", {"name": name})

    return proof


def compared(statement):
    """Take the comparison with a text out of a statement: what is compared, and with what."""
    found = re.search(
        r"(acnnget\(layer[^)]*\)|[\w.\[\]]+|\(net\)) ([=<>!]=|<|>) (\"\w+\")", statement
    )
    return found[1], f"{found[2]} {found[3]}"


def no_type(_):
    net = Net([Layer("i")])
    assert not hasattr(net, "type")
    assert not {"", "XX"} & set(TYPES)


def counted(_):
    for j, kernels in itertools.product(range(40), WHOLE):
        q = min(j, kernels - 1)
        assert (q < j) == (q != j)


def input_without(_):
    with pytest.raises(MatlabError, match="trainable"):
        layer = Layer("i")
        vars(layer)["trainable"] = True
        setup([layer])
    assert acnnparams(Layer("i")) == ()
    assert "i" not in {"c", "a", "f"}


def setup(layers, side=6, classes=2):
    rng = np.random.default_rng(3)
    x, y = rng.random((side, side, 3)), np.zeros((classes, 3))
    net = acnnsetup(Net(layers), x, y, OctaveRandom(2))
    return acnnbp(acnnff(net, x, engine="lines"), y, engine="lines")


def one_map_of_units(_):
    for maps, units in itertools.product(range(1, 4), repeat=2):
        convolution = Layer("c", outputmaps=maps, kernelsize=2)
        net = setup([Layer("i"), convolution, Layer("f", units=units), Layer("f", units=3)])
        for layer in net.layers[2:]:
            assert len(layer.d) == len(layer.a) == 1


def same(value, other):
    assert value.shape == other.shape
    assert np.array_equal(value, other)


def negative_dimension(_):
    same(zeros((-1, 0)), zeros((0, 0)))
    same(zeros((0, -1)), zeros((0, 0)))


COLUMNS = [array(np.arange(float(n))[:, None]) for n in range(1, 9)]


def left_out_beside(_):
    for first, column in itertools.product([(0, 1), (1, 0)], COLUMNS):
        same(horzcat(zeros(first), column), horzcat(zeros((0, 0)), column))


def left_out_above(first):
    def proof(_):
        for column, images in itertools.product(COLUMNS, range(1, 5)):
            features = array(np.tile(np.asarray(column), images))
            same(vertcat(zeros(first), features), vertcat(zeros((0, 0)), features))

    return proof


def one_number_above(_):
    for value in (0.0, -2.5, math.inf):
        same(vertcat(zeros((0, 1)), array(value)), vertcat(zeros((0, 0)), array(value)))


def channels(_):
    for channels in WHOLE:
        assert (channels > 1) == (channels != 1)
    assert not 0 > 1
    assert not 1 > 1
    for refused in (0, -1, 1.5):
        with pytest.raises(MatlabError, match="channels"):
            setup([Layer("i", channels=refused)])


def left_over(_):
    x = array(np.arange(24.0).reshape(2, 3, 4))
    for dimension in (-2, ~1):
        same(x.reshape(2, 3, dimension), x.reshape(2, 3, -1))


def maps_alike(_):
    table = np.array([[True, False, True], [True, True, False]])
    layers = [
        Layer("i"),
        Layer("c", outputmaps=2, kernelsize=(2, 1)),
        Layer("c", outputmaps=3, kernelsize=(1, 2), maps=table),
        Layer("s", scale=(1, 2), trainable=True),
        Layer("a", outputmaps=4, kernelsize=(3, 1)),
    ]
    for layer in setup(layers, side=7).layers:
        assert len({a.shape for a in layer.a}) == 1


def no_combination(_):
    with pytest.raises(MatlabError, match="layer 1: its type"):
        setup([Layer("a", outputmaps=1, kernelsize=1)])


def root(_):
    for value in (0.0, 5e-324, 1.0, 1e308, math.inf):
        assert sqrt(array(value))[0] >= 0


def sought_per_column(_):
    rng = np.random.default_rng(1)
    for rows, cols in itertools.product(range(2, 6), range(1, 6)):
        values = array(rng.integers(0, 3, (rows, cols)).astype(float))
        same(max_(values, 1)[1], max_(values, 0)[1])


def empty(_):
    for dims in itertools.product((-1, 0, 1), repeat=2):
        if dims != (1, 1):
            assert isempty(zeros(dims))


def row_of_the_first_batch(_):
    for dims in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        same(append(zeros(dims), 0.5), append(zeros((0, 0)), 0.5))


def refused_before(_):
    for dims in ((0, 0), (0, 3), (1, 0)):
        assert numel(zeros(dims)) == 0
        with pytest.raises(MatlabError, match="missing"):
            whole("batchsize", zeros(dims))


def first_and_last(_):
    for value in WHOLE:
        assert array(value)[0] == array(value)[-1] == whole("batchsize", array(float(value)))


def columns_sum_to_1(_):
    """A s and A / s differ by A |s - 1/s|: far below the promise for any number of maps."""
    rng = np.random.default_rng(4)
    for maps in (1, 2, 7, 60, 2000):
        A, _ = acnnsoftmax(array(rng.standard_normal((maps, 9)) * 3))
        s = np.asarray(A).sum(0)
        assert np.abs(s - 1 / s).max() <= 2 * (maps + 2) * np.finfo(float).eps < 1e-12


def weights_from_0(_):
    for c in itertools.product((-math.inf, -800.0, -1.0, 0.0, 5e307, 1.7e308), repeat=3):
        if max(c) > -math.inf:
            assert (np.asarray(acnnsoftmax(array(np.array(c)[:, None]))[0]) >= 0).all()


def outputs_from_1(_):
    with pytest.raises(MatlabError, match="expected a row for each output"):
        setup([Layer("i")], classes=0)


def other_names_are_linear(change):
    assert '"XXlinear"' in change.after
    u = array(np.linspace(-2, 2, 9))
    for name in ("linear", "XXlinear"):
        net = Net([Layer("i")])
        vars(net)["activation"] = name
        same(acnnactivate(net, u), u)


def rates_of_layers(_):
    for there, number in itertools.product(range(6), range(1, 5)):
        alpha = Struct()
        alpha.layers = [Struct() for _ in range(there)]
        for n in range(there):
            alpha.layers[n].k = float(n)
        if there > number:  # else no rate is found, and that is refused
            assert layerof(alpha, number).k == number
            assert there != number
        else:
            assert not hasattr(layerof(alpha, number), "k")


def one_number(_):
    for value in WHOLE:
        assert whole("batchsize", array(float(value))) == value


def name_in_words(_):
    for value in WHOLE:
        option = array(float(value))
        assert whole("batchsize", option) == whole("XXbatchsize", option)


def divided_by_1(_):
    for scale in (2, 5, (2, 3), (1, 7)):
        s = double(array(scale))
        same(s * row(1, 1), s / row(1, 1))


PROOFS = {
    "Of the activations that acnncheck lets through, 'tanh' comes last": same_for(ACTIVATIONS),
    "Of the types that acnncheck lets through, 's' comes last": same_for(TYPES),
    "Of the types that acnncheck lets through, 'a' comes first": same_for(TYPES),
    "'a' and 'c', which come before 'f' in the alphabet, were taken": same_for(("f", "s")),
    "Only 's' comes after 'f' in the alphabet, and the branch before": same_for(("a", "c", "f")),
    "acnncheck lets through 'l1' and 'entropy'": same_for(("l1", "entropy")),
    "acnncheck lets through 'pixel' and 'set'": same_for(("pixel", "set")),
    "A net has no type": no_type,
    "q is the smaller of j and another number": counted,
    "The input layer has no sensitivities": input_without,
    "The input layer has no weights": input_without,
    "The input layer is no combination": no_combination,
    "A layer of units has one map": one_map_of_units,
    "A negative dimension counts as 0": negative_dimension,
    "horzcat leaves a first operand of 0x1 or 1x0 out": left_out_beside,
    "vertcat leaves a first operand of 1x0 out": left_out_above((1, 0)),
    "vertcat leaves a first operand of 0x1 out": left_out_above((0, 1)),
    "A first operand without rows adds none": one_number_above,
    "acnncheck lets through whole numbers from 1 on": channels,
    "numpy's reshape takes any negative number": left_over,
    "All maps of a layer are of one size": maps_alike,
    "A square root is never negative": root,
    "Without a dimension it is sought per column too": sought_per_column,
    "It still has no element, which is all that counts": empty,
    "It still has no element, and the first batch makes a row": row_of_the_first_batch,
    "What has no element was refused before": refused_before,
    "It has one element: the first is the last": first_and_last,
    "The columns of A sum to 1 but for rounding": columns_sum_to_1,
    "A quotient of exponentials is never negative": weights_from_0,
    "acnnsetup gives a net at least one output": outputs_from_1,
    "Values and slopes are those of 'linear' for every name": other_names_are_linear,
    "Rates that are accepted have a struct for each layer": rates_of_layers,
    "One number is accepted alike": one_number,
    "The name goes into the words of a refusal alone": name_in_words,
    "Each number divided by 1 is the number itself": divided_by_1,
}
