"""Which of a file's variables is the net, and what is said where none is."""

import re

import pytest

from dltcnn import Layer, Net
from dltcnn.matfile import load_net, save_net
from dltcnn.matfile.writing import file_of
from dltcnn.matlab.struct import Cell, Struct, StructArray

NET = Net([Layer("i"), Layer("s", scale=2)])


def struct(**fields):
    made = Struct()
    vars(made).update(fields)
    return made


def write(path, **variables):
    """Write a file of several variables."""
    files = [b"".join(file_of(name, value)) for name, value in variables.items()]
    path.write_bytes(files[0][:128] + b"".join(file[128:] for file in files))
    return path


@pytest.fixture
def file(tmp_path):
    return tmp_path / "some.mat"


def say(path, words, **options):
    with pytest.raises(ValueError, match=words) as error:
        load_net(path, **options)
    assert str(error.value).startswith((str(path), "name="))


def test_the_only_net_needs_no_name(file):
    write(file, x=[1.0, 2.0], net=NET, opts=struct(alpha=1))
    assert load_net(file) == NET


def test_of_two_nets_one_is_named(file):
    write(file, a=NET, b=NET, c=1.0)
    assert load_net(file, "b") == NET
    say(file, r"holds 2 structs with layers \(a, b\): say which variable is meant with name=")
    say(file, "c is 1x1 double, and not a struct with layers|c is 1, and not", name="c")
    say(file, "net is not in it; its variables are a, b, c", name="net")
    say(file, "bb is not in it; b is; its variables are a, b, c", name="bb")


@pytest.mark.parametrize(
    ("variables", "way"),
    [
        ({"result": struct(cnn=NET, er=0.5)}, "result.cnn"),
        ({"nets": Cell("nets", items=[NET])}, "nets{1}"),
        ({"r": struct(all=Cell("all", items=[1.0, struct(best=NET)]))}, "r.all{2}.best"),
    ],
)
def test_a_net_inside_another_variable_is_found_by_its_path(file, variables, way):
    write(file, **variables)
    say(file, rf'holds a net inside another variable: load it with name="{re.escape(way)}"')
    assert load_net(file, way) == NET


def test_cells_and_structs_are_counted_as_matlab_counts_them(file):
    other = Net([Layer("i")])
    cells = Cell("nets", items=[NET, NET, other, NET], dims=(2, 2))
    array = StructArray(["layers"], (1, 2), [Struct(), Struct()])
    for each, net in zip(array, (NET, other), strict=True):
        vars(each)["layers"] = Cell("layers", items=net.layers, dims=(len(net.layers), 1))
    write(file, nets=cells, array=array)
    say(file, r'holds nets\{1\}, nets\{2\}.* inside other variables.*name="nets\{1\}"')
    assert load_net(file, "nets{3}") == load_net(file, "nets{1, 2}") == other
    assert load_net(file, "array(2)") == load_net(file, "array(1,2)") == other
    say(file, r"there is no nets\{5\}: nets is a 2x2 cell array", name="nets{5}")
    say(file, r"there is no nets\{1,3\}", name="nets{1,3}")
    say(file, r"there is no nets\{0\}", name="nets{0}")
    say(file, r"there is no array\{1\}: array is a 1x2 array of structs", name="array{1}")
    say(file, r'array is a 1x2 array of structs, and.*name="array\(1\)"', name="array")


@pytest.mark.parametrize("name", ["a b", "", "1net", "net.", "net{x}", "net{1", 5, "net.2"])
def test_what_is_no_path_is_refused(file, name):
    write(file, net=NET)
    say(file, "expected a variable", name=name)


def test_the_fields_of_a_net_as_variables_are_recognized(file):
    write(file, layers=Cell("layers", items=[struct(type="i")]), ffW=[1.0])
    say(file, "save -struct.*net = load")


def test_data_alone_is_listed(file):
    write(file, train_x=[1.0, 2.0], labels=struct(a=1.0))
    say(file, r"holds no net, .* its variables are train_x \(1x2 double\), labels \(1x1 struct\)")


@pytest.mark.parametrize(
    ("layers", "words"),
    [
        ([1.0, 2.0], r"net.layers is a 1x2 double, and not a cell array of structs"),
        (StructArray(["type"], (1, 2), []), r"array of structs, and .*num2cell\(net.layers\)"),
        (Cell("layers", items=[1.0]), r"net.layers\{1\} is 1, and not a struct"),
        (Cell("layers", items=[struct(a=1.0)]), r"net.layers\{1\} has no field type"),
        (Cell("layers", items=[struct(type=1.0)]), r"layers\{1\}.type is 1: expected text"),
        (Cell("layers", items=[struct(type=struct())]), "type is a struct without fields"),
    ],
)
def test_layers_that_are_none_are_named(file, layers, words):
    if isinstance(layers, StructArray):
        layers = StructArray(["type"], (1, 2), [struct(type="i"), struct(type="c")])
    write(file, net=struct(layers=layers))
    say(file, words)


def test_a_net_without_layers_is_one(file):
    write(file, net=struct(layers=Cell("layers", dims=(0, 0))))
    net = load_net(file)
    assert not net.layers
    save_net(file, net)
    assert load_net(file) == net
