"""Fields that no function uses are named, once a call; misspelt ones are refused at once."""

import warnings

import numpy as np
import pytest

from both_sides.functions import images, net_of
from dltcnn import (
    DltWarning,
    Layer,
    Net,
    OctaveRandom,
    Opts,
    acnnff,
    acnnsetup,
    cnnff,
    cnnsetup,
    cnntest,
    cnntrain,
)
from dltcnn.matfile import load_net, save_net
from dltcnn.matlab.foreign import Foreign

X, Y = images(8, 8, 4)
OPTS = Opts(alpha=1, batchsize=2, numepochs=2)


def net_with(layer=None, **fields):
    net = net_of("2c3-2s", X, Y)
    vars(net).update(fields)
    vars(net.layers[1]).update(layer or {})
    return net


def wording(call, *args, **kwargs):
    """What a call warns of."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        call(*args, **kwargs)
    assert all(each.category is DltWarning for each in caught)
    assert all(each.filename == __file__ for each in caught)
    return [str(each.message) for each in caught]


def train(net, **options):
    return cnntrain(net, X, Y, OPTS, OctaveRandom(0), verbose=False, **options)


FORK = {
    "method": "max",
    "activation_function": "relu",
    "output": "softmax",
    "act_fun": Foreign("a function handle, @(x)max(0,x)"),
}


@pytest.mark.parametrize("name", FORK)
def test_an_edited_toolboxs_field_is_named_by_every_function(tmp_path, name):
    net = net_with(**{name: FORK[name]})
    for call, args in (
        (cnnff, (net, X)),
        (cnntest, (net, X, Y)),
        (train, (net,)),
        (acnnff, (net, X)),
        (cnnsetup, (net, X, Y, OctaveRandom(0))),
    ):
        messages = wording(call, *args)
        assert len(messages) == 1
        assert f"does not use net.{name} (" in messages[0]


@pytest.mark.parametrize("name", [*FORK, "vW", "stride", "dropout"])
def test_loading_names_it_and_strict_refuses_it(tmp_path, name):
    net = net_with(layer={name: FORK.get(name, 0.5)}, **{name: FORK.get(name, 0.5)})
    if name == "act_fun":
        net = net_with(dropoutFraction=0.5)
        name = "dropoutFraction"
    save_net(tmp_path / "net.mat", net)
    messages = wording(load_net, tmp_path / "net.mat")
    assert len(messages) == 1
    assert f"no function of dltcnn uses net.{name} (" in messages[0]
    with pytest.raises(ValueError, match=rf"no function of dltcnn uses net\.{name} \("):
        load_net(tmp_path / "net.mat", strict=True)


def test_what_acnn_has_under_another_name_is_said():
    assert "the acnn functions have activation in place of activation_function" in "".join(
        wording(cnnff, net_with(activation_function="relu"), X)
    )
    assert "have channels in place of inputmaps" in "".join(
        wording(acnnff, net_with(layer={"inputmaps": 3}), X)
    )


@pytest.mark.parametrize(
    ("fields", "layer"),
    [
        ({"activation": "tanh"}, {}),
        ({"normalize": "set"}, {}),
        ({}, {"activation": "tanh"}),
        ({}, {"trainable": True}),
        ({}, {"maps": np.array([[True, False]])}),
        ({}, {"channels": 3}),
    ],
)
def test_acnns_options_are_named_with_acnnsetup(fields, layer):
    messages = wording(cnnff, net_with(layer, **fields), X)
    assert len(messages) == 1
    assert "acnnsetup and the other acnn functions use net." in messages[0]
    assert "may compute something else" not in messages[0]


def test_a_layers_activation_is_named_by_cnnsetup():
    net = Net([Layer("i"), Layer("c", outputmaps=1, kernelsize=3, activation="tanh")])
    assert "acnnsetup" in wording(cnnsetup, net, X, Y, OctaveRandom(0))[0]
    assert not wording(acnnsetup, net, X, Y, OctaveRandom(0))


def test_layers_of_acnns_are_named_too():
    net = net_of("2c3-2s", X, Y)
    net.layers[2].type = "f"
    with pytest.warns(DltWarning, match=r"net\.layers\{3\}\.type \(the text 'f'\): acnnsetup"):
        cnnsetup(net, X, Y, OctaveRandom(0))


@pytest.mark.parametrize(
    ("fields", "layer"),
    [
        ({"activation": "sigm"}, {"activation": "sigm", "trainable": False, "channels": 1}),
        ({"_note": "mine"}, {"maps": np.ones((1, 2), bool), "penalty": "l1", "lam": 0}),
    ],
)
def test_what_changes_nothing_is_not_named(fields, layer):
    assert not wording(cnnff, net_with(layer, **fields), X)


def test_a_net_of_the_functions_own_is_not_named():
    net = train(net_with())
    assert not wording(cnnff, net, X)


def test_both_engines_name_them():
    assert len(wording(train, net_with(method="max"), engine="lines")) == 1
    assert len(wording(cnnff, net_with(method="max"), X, engine="lines")) == 1


def test_a_warning_can_be_made_an_error():
    with pytest.raises(DltWarning, match="method"):
        cnnff(net_with(method="max"), X)
    cnnff(net_with(), X)  # the door is as it was


def test_many_fields_are_counted():
    fields = {f"own{number}": number for number in range(12)}
    assert "and 4 more" in wording(cnnff, net_with(**fields), X)[0]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda net: setattr(Opts(), "num_epochs", 5), r"num_epochs \(numepochs was meant\?\)"),
        (lambda net: setattr(Opts(), "momentum", 5), "unknown option momentum: the options are"),
        (lambda net: setattr(net.layers[1], "kernelsiz", 3), "no field kernelsiz: kernelsize was"),
        (lambda net: setattr(net.layers[1], "OutputMaps", 3), "outputmaps was meant"),
        (lambda net: setattr(net, "ffw", 3), "a net has no field ffw: ffW was meant"),
        (lambda net: setattr(net, "layer", []), "layers was meant"),
    ],
)
def test_a_misspelt_attribute_is_refused_at_once(change, words):
    with pytest.raises(AttributeError, match=words):
        change(net_with())


@pytest.mark.parametrize(
    ("kind", "near"), [("conv", "c"), ("Pooling", "s"), ("C", "c"), ("dense", "f"), ("input", "i")]
)
def test_a_type_in_words_is_refused_with_the_letter(kind, near):
    for make in (Layer, lambda kind: setattr(Layer("i"), "type", kind)):
        with pytest.raises(ValueError, match=rf"type is '{kind}' \('{near}' was meant\?\)"):
            make(kind)


@pytest.mark.parametrize("name", ["note", "stride", "momentum", "bias", "author"])
def test_a_field_of_ones_own_may_be_set(name):
    net = net_with()
    setattr(net, name, 1)
    setattr(net.layers[1], name, 1)
    assert getattr(net, name) == getattr(net.layers[1], name) == 1
