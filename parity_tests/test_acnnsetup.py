"""acnnsetup: numbers of any class, and a net that is set up again."""

import re
from dataclasses import replace

import numpy as np

from acnn_nets import X, Y, mixed
from dltcnn import Layer, Net, OctaveRandom, acnnbp, acnnff, acnnsetup
from dltparity import acnn_sides
from dltparity.compare import different_bits
from dltparity.random_acnn import AcnnCase
from dltparity.trace import field_name, net_fields

NUMBERS = (
    {"type": "i"},
    {"type": "c", "outputmaps": np.int8(3), "kernelsize": np.float32(3)},
    {"type": "a", "outputmaps": np.uint8(2), "kernelsize": np.array([2, 2], np.int16)},
    {"type": "s", "scale": np.float32(2), "trainable": np.uint8(1)},
    {"type": "f", "units": np.int32(4)},
)


def test_the_class_of_a_layers_numbers_does_not_matter(acnn_session):
    layers = [*NUMBERS, NUMBERS[-1]]
    layers[2] = layers[2] | {"lam": np.float32(0.25), "penalty": "entropy"}
    case = AcnnCase("numbers", tuple(layers), {}, X, Y, batchsize=np.uint8(4), logits=(1,))
    theirs, ours = acnn_sides.octave(acnn_session, case), acnn_sides.python(case)
    theirs = {path: value for path, value in theirs.items() if field_name(path) not in GIVEN}
    ours = {path: value for path, value in ours.items() if field_name(path) not in GIVEN}
    assert acnn_sides.first(acnn_sides.compared(theirs, ours)) is None
    assert {value.dtype for value in theirs.values()} == {np.dtype(float)}
    plain = [{k: v.tolist() if hasattr(v, "tolist") else v for k, v in y.items()} for y in layers]
    same = acnn_sides.python(replace(case, layers=tuple(plain), batchsize=4))
    assert not any(different_bits(same[path], ours[path]).any() for path in ours)


def test_setting_a_changed_net_up_again_leaves_nothing_of_the_old_one(acnn_session):
    net = acnnbp(acnnff(mixed(shared=False), X), Y)
    net.layers[1].outputmaps, net.layers[2].shared, net.layers[4].units = 2, True, 3
    again = acnnsetup(net, X, Y, OctaveRandom(4))
    new = Net(
        [Layer(y.type, **{k: v for k, v in vars(y).items() if k in GIVEN}) for y in net.layers]
    )
    fresh = acnnsetup(new, X, Y, OctaveRandom(4))
    assert_same_layers(net_fields(again), net_fields(fresh))
    acnn_session.eval("clear('in', 'out');")
    fields = {f"net.{path}": value for path, value in net_fields(net).items()}
    for number, layer in enumerate(net.layers, 1):
        given = {key: value for key, value in vars(layer).items() if key in {*GIVEN, "type"}}
        fields |= {f"net.layers{{{number}}}.{key}": value for key, value in given.items()}
    acnn_session.assign("in", fields | {"x": X, "y": Y})
    acnn_session.eval("rand('state', 4); out = acnnsetup(in.net, in.x, in.y);")
    assert_same_layers(acnn_session.fields("out"), net_fields(fresh))


GIVEN = {"outputmaps", "kernelsize", "scale", "trainable", "units", "shared", "lam", "penalty"}


def assert_same_layers(these, those):
    """Demand the same weights in the layers, and nothing else there."""
    names = [
        {
            path
            for path in fields
            if re.match(r"layers\{[2-9]", path) and field_name(path) not in GIVEN
        }
        for fields in (these, those)
    ]
    assert names[0] == names[1]
    assert len(names[0]) > 10
    assert not any(different_bits(these[path], those[path]).any() for path in names[0])
