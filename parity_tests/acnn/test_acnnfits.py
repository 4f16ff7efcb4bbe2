"""acnnfits against its .m file: which weights it lets through, and what it says of the others."""

import numpy as np
import pytest

from both_sides.acnn import ACCEPTED, same_refusals
from both_sides.functions import layer_of
from dltcnn import Layer, MatlabError, Net, OctaveRandom
from dltcnn.acnn.acnnfits import acnnfits
from dltcnn.functions import acnnsetup
from dltcnn.matlab import isfield
from dltcnn.matlab.struct import Cell

# Types without a meaning, and fields that nobody uses: acnncheck refuses them itself.
pytestmark = pytest.mark.filterwarnings("ignore::dltcnn.DltWarning")

X, Y = np.ones((9, 9, 2)), np.eye(2)
TABLE = np.array([[1.0, 0, 1], [1, 1, 0]])
LAYERS = (
    Layer("i"),
    Layer("c", outputmaps=2, kernelsize=2),
    Layer("c", outputmaps=3, kernelsize=(3, 2), maps=TABLE),
    Layer("a", outputmaps=2, kernelsize=1),
    Layer("a", outputmaps=3, kernelsize=(2, 1), shared=False),
    Layer("s", scale=1, trainable=True),
    Layer("s", scale=1),
    Layer("f", units=4),
    Layer("f", units=3),
)
# The fields with weights of each layer that has some.
FIELDS = {2: "k b", 3: "k b", 4: "k b c", 5: "k b c", 6: "b beta", 7: "b", 8: "b W", 9: "b W"}
WEIGHTS = [(number, name) for number, names in FIELDS.items() for name in names.split()]
LISTS = [(number, name) for number, name in WEIGHTS if name in ("b", "beta") and number < 8]


def made():
    """A net with weights; no test needs what another one has made."""
    return acnnsetup(Net(LAYERS), X, Y, OctaveRandom(1))


def with_channels(channels):
    first = Layer("i") if channels is None else Layer("i", channels=channels)
    x = X if channels in (None, 1) else np.ones((9, 9, channels, 2))
    return acnnsetup(Net((first, *LAYERS[1:])), x, Y, OctaveRandom(1))


def check(session, net):
    return same_refusals(session, acnnfits, [[net]]) == [ACCEPTED]


def cells(count):
    return Cell("b", items=[np.zeros((1, 1))] * count)


def kernels(rows, columns, shape=(2, 2)):
    return [[np.zeros(shape)] * columns for _ in range(rows)]


def test_the_fields_with_weights():
    for number, layer in enumerate(made().layers, 1):
        found = {name for name in ("k", "b", "c", "W", "beta") if isfield(layer, name)}
        assert found == {*FIELDS.get(number, "").split()}


def test_the_weights_of_a_setup_fit(acnn_session):
    assert check(acnn_session, made())
    net = acnnsetup(Net(LAYERS[:1]), X, Y, OctaveRandom(1))
    assert check(acnn_session, net)


@pytest.mark.parametrize("channels", [None, 1, 2, 3])
@pytest.mark.parametrize("others", [None, 1, 2, 3])
def test_kernels_for_as_many_channels_as_the_images_have(acnn_session, channels, others):
    net = with_channels(channels)
    net.layers[0].channels = others
    assert check(acnn_session, net) == ((channels or 1) == (others or 1))


def test_a_net_without_weights_is_refused(acnn_session):
    assert not check(acnn_session, Net(LAYERS))


@pytest.mark.parametrize(("number", "name"), WEIGHTS)
def test_weights_that_are_missing(acnn_session, number, name):
    net = made()
    vars(net.layers[number - 1]).pop(name)
    check(acnn_session, net)


@pytest.mark.parametrize("count", range(1, 5))
@pytest.mark.parametrize(("number", "name"), LISTS)
def test_a_number_for_each_map(acnn_session, number, name, count):
    net = made()
    setattr(net.layers[number - 1], name, cells(count))
    check(acnn_session, net)


@pytest.mark.parametrize("units", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("number", [8, 9])
def test_a_row_of_weights_for_each_unit(acnn_session, number, units):
    net = made()
    net.layers[number - 1].units = units
    check(acnn_session, net)


@pytest.mark.parametrize("count", [1, 2, 3, 4])
@pytest.mark.parametrize("number", [2, 3, 4, 5])
def test_other_numbers_of_maps(acnn_session, number, count):
    net = made()
    net.layers[number - 1].outputmaps = count
    check(acnn_session, net)
    if number != 3:  # a table of another size is for acnncheck
        net.layers[number - 1].b = cells(count)
        check(acnn_session, net)


@pytest.mark.parametrize("size", [1, 2, 3, (3, 2), (2, 3), (2, 1), (1, 2), np.uint8(2), 2.5])
@pytest.mark.parametrize("number", [2, 3, 4, 5])
def test_other_sizes_of_kernels(acnn_session, number, size):
    net = made()
    net.layers[number - 1].kernelsize = size
    check(acnn_session, net)


@pytest.mark.parametrize("rows", range(1, 5))
@pytest.mark.parametrize("columns", range(1, 5))
@pytest.mark.parametrize(("number", "shape"), [(2, (2, 2)), (4, (1, 1)), (5, (2, 1))])
def test_as_many_kernels_as_maps(acnn_session, number, shape, rows, columns):
    net = made()
    net.layers[number - 1].k = kernels(rows, columns, shape)
    check(acnn_session, net)


@pytest.mark.parametrize("shape", [(2, 2), (2, 1), (1, 2), (0, 0), (2, 2, 2), (2, 2, 1), (4, 1)])
@pytest.mark.parametrize("number", [2, 3, 4, 5])
@pytest.mark.parametrize("last", [False, True])
def test_one_kernel_of_another_size(acnn_session, number, shape, last):
    net = made()
    k = net.layers[number - 1].k
    k[-last][-last] = np.zeros(shape)
    check(acnn_session, net)


@pytest.mark.parametrize("last", [False, True])
@pytest.mark.parametrize("count", range(4))
@pytest.mark.parametrize("number", [2, 3, 4, 5])
def test_kernels_of_one_map_that_are_more_or_less(acnn_session, number, count, last):
    net = made()
    k = net.layers[number - 1].k
    k[-last] = Cell("k", items=[k[0][0]] * count)
    check(acnn_session, net)


@pytest.mark.parametrize("maps", [TABLE > 0, 1 - TABLE, TABLE * 3, TABLE - 2, TABLE * np.nan, None])
def test_kernels_of_another_table(acnn_session, maps):
    net = made()
    net.layers[2].maps = maps
    check(acnn_session, net)


@pytest.mark.parametrize("shape", [(3, 2), (2, 3), (3, 3), (1, 2), (6, 1), (1, 1), (3, 2, 2)])
@pytest.mark.parametrize("number", [4, 5])
def test_logits_of_another_size(acnn_session, number, shape):
    net = made()
    net.layers[number - 1].c = np.zeros(shape)
    check(acnn_session, net)


@pytest.mark.parametrize("value", [None, True, False, 1, 0])
@pytest.mark.parametrize(
    ("number", "flag"), [(4, "shared"), (5, "shared"), (6, "trainable"), (7, "trainable")]
)
def test_kernels_shared_or_not_and_averages_trainable_or_not(acnn_session, number, flag, value):
    net = made()
    setattr(net.layers[number - 1], flag, value)
    check(acnn_session, net)


def test_the_layer_of_the_images_has_no_weights(acnn_session):
    net = made()
    net.layers[0].trainable = True
    assert check(acnn_session, net)


@pytest.mark.parametrize("kind", ["A", "b", "e", "g", "z"])
def test_a_layer_of_no_known_type_has_no_weights(acnn_session, kind):
    net = made()
    net.layers[-1] = layer_of({"type": kind})
    assert check(acnn_session, net)


def test_a_net_that_is_refused_stays_as_it_is():
    net = made()
    net.layers[3].k = kernels(2, 1, (1, 1))
    with pytest.raises(MatlabError, match="layer 4: its weights were made for another"):
        acnnfits(net)
    assert len(net.layers[3].k) == 2
