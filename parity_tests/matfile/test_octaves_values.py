"""Values that Octave makes, through `load_net` and `save_net` and back: the same to Octave."""

import numpy as np
import pytest

from dltcnn import cnnff
from dltcnn.matfile import load_net, save_net
from dltcnn.matlab.struct import Cell, Struct, StructArray

pytestmark = pytest.mark.filterwarnings("ignore::dltcnn.DltWarning")  # fields of any name

VALUES = {
    "row of layers": "net.layers = {struct('type', 'i'), struct('type', 's', 'scale', 2)}",
    "no layers": "net.layers = {}",
    "layers in a square": "net.layers(1:2, 1:2) = {struct('type', 'i')}",
    "empty cell of a layer": "net.layers{1}.a = {}",
    "column of a layer": "net.layers{1}.a = {1; [1 2; 3 4]}",
    "kernels in one cell array": "net.layers{1}.k = {[1 2], 3, 4; 5, 6, [7 8]}",
    "kernels in a cell array each": "net.layers{1}.k = {{1, 2}, {[1 2; 3 4], []}}",
    "kernels, the first without": "net.layers{1}.k = {[], {1, 2}}",
    "scale of an integer class": "net.layers{1}.scale = uint8(2)",
    "scale of -0": "net.layers{1}.scale = -0",
    "scale of two": "net.layers{1}.scale = [2 3]",
    "logical trainable": "net.layers{1}.trainable = true",
    "empty rL": "net.rL = []",
    "column rL": "net.rL = [1; 2]",
    "one rL": "net.rL = 0.5",
    "single L": "net.L = single(0.5)",
    "struct": "net.cfg = struct()",
    "empty struct": "net.cfg = struct('a', {}, 'b', {})",
    "structs": "net.cfg = struct('a', {1, 'x', {}}, 'b', {{}, [], 2})",
    "matrix of structs": "net.cfg = repmat(struct('a', 1), 2, 3)",
    "cells": "net.c = {1, 'a', {}; {2, {}}, [], int8([1 2])}",
    "empty cells": "net.c = {cell(0, 3), cell(2, 0), cell(0, 0), cell(1, 0, 2)}",
    "empties": "net.e = {zeros(0, 3), zeros(3, 0, 2), single([]), int8(zeros(0, 1)), true(0, 0)}",
    "text": "net.t = {'a', '', \"b\\n\", 'x y'}",
    "text of several rows": "net.t = ['abc'; 'def']",
    "empty text": "net.t = {char(zeros(0, 3)), char(zeros(1, 0)), char(zeros(0, 0))}",
    "text of 3 dimensions": "net.t = reshape('abcdefgh', 2, 2, 2)",
    "text in UTF-8": "net.t = {'\u00e9\u20ac', '\U0001f600a', ['\u00e9ab'; 'cdef']}",
    "bytes": "net.t = {char([200 201]), char(200), ['a' 0 'b']}",
    "sparse": "net.s = sparse([0 0 1.5; -2 0 NaN])",
    "empty sparse": "net.s = {sparse(0, 3), sparse(2, 2)}",
    "complex sparse": "net.s = sparse([0 1+2i])",
    "complex": "net.z = {1+2i, single([1 2i]), complex(0, NaN)}",
    "integers": "net.i = {int8(-128), uint8(255), intmin('int64'), intmax('uint64'), int16([1 2])}",
    "range": "net.r = 1:5",
    "whole doubles": "net.r = [1 2; 300 70000; -1 2^40]",
    "special": "net.x = [NaN, NA, Inf, -Inf, -0, realmin/4, 2^53+2]",
    "long names": "net.(repmat('n', 1, 63)) = struct(repmat('m', 1, 32), 1)",
    "private names": "net._note = 'mine'",
    "deep": "x = 1; for n = 1:45, x = struct('a', {{x}}); end, net.deep = x",
    "object": "net.m = containers.Map('a', 1)",
}


@pytest.mark.parametrize("version", ["-v6", "-v7"])
@pytest.mark.parametrize("name", VALUES)
def test_octave_finds_no_difference(octave, tmp_path, name, version):
    names = {who: str(tmp_path / f"{who}.mat") for who in ("theirs", "ours")}
    for variable, path in names.items():
        octave.give(variable, path)
    octave.eval(
        "warning('off', 'all'); clear('net'); net.layers = {struct('type', 'i'); struct('type', "
        f"'s', 'scale', 2)}}; {VALUES[name]}; save('{version}', theirs, 'net');"
    )
    net = load_net(names["theirs"])
    save_net(names["ours"], net)
    assert load_net(names["ours"]) == net
    octave.eval(
        "a = load(theirs).net; b = load(ours).net; warning('on', 'all');"
        "if isfield(a, 's'), if ~iscell(a.s), a.s = full(a.s);"
        "else, a.s = cellfun(@full, a.s, 'UniformOutput', false); end, end;"
        "same_value(a, b, 'net');"
    )


def test_the_comparison_sees_a_difference(octave):
    for a, b in (("1", "single(1)"), ("0", "-0"), ("{}", "cell(0, 1)"), ("'a'", "['a'; 'b']")):
        with pytest.raises(Exception, match="net"):
            octave.eval(f"same_value(struct('x', {{{{{a}}}}}), struct('x', {{{{{b}}}}}), 'net');")


def test_python_sees_what_matlab_has(octave, tmp_path):
    octave.give("file", str(tmp_path / "net.mat"))
    octave.eval(
        "clear net; net.layers = {struct('type', 'i'), struct('type', 'c', 'outputmaps', 2, "
        "'kernelsize', uint8(3), 'b', {{0.5, single(2)}}, 'k', {{[1 2], 3; 4, [5 6]}})};"
        "net.rows = ['ab'; 'cd']; net.some = struct('a', {1, 2}); net.one = struct('a', 'text');"
        "net.rL = [3 2 1]; net.sparse = sparse([0 2]); save('-v7', file, 'net');"
    )
    net = load_net(tmp_path / "net.mat")
    layer = net.layers[1]
    assert net.layers.dims == (1, 2)
    assert type(layer.outputmaps) is int
    assert layer.kernelsize.dtype == np.uint8
    assert layer.b == Cell("b", items=[0.5, np.float32(2)])
    assert [[kernel.size for kernel in row] for row in layer.k] == [[2, 1], [1, 2]]
    assert net.rows.tolist() == [["a", "b"], ["c", "d"]]
    assert type(net.some) is StructArray
    assert [each.a for each in net.some] == [1, 2]
    assert type(net.one) is Struct
    assert net.one.a == "text"
    assert net.rL.tolist() == [3, 2, 1]
    assert net.sparse.tolist() == [[0, 2]]


@pytest.mark.parametrize("version", ["-v6", "-v7"])
def test_a_sparse_logical_array_is_read_where_octave_cannot(octave, tmp_path, version):
    octave.give("file", str(tmp_path / "net.mat"))
    octave.eval(
        "clear net; net.layers = {struct('type', 'i')}; net.s = sparse([1 0 0; 0 1 1]) > 0;"
        f"net.last = 1; save('{version}', file, 'net'); same = isequal(load(file).net.s, net.s);"
    )
    net = load_net(tmp_path / "net.mat")
    assert not octave.pull("same"), "Octave has learned it: compare with Octave again"
    assert net.s.dtype == bool
    assert net.s.tolist() == [[True, False, False], [False, True, True]]
    assert net.last == 1


def test_weights_in_a_sparse_array_are_weights(octave, tmp_path):
    octave.give("file", str(tmp_path / "net.mat"))
    octave.eval(
        "clear net; net.layers = {struct('type', 'i')}; net.ffW = sparse([0.5 0 0 -1]);"
        "net.ffb = 0; save('-v7', file, 'net');"
    )
    net = load_net(tmp_path / "net.mat")
    x = np.arange(8.0).reshape((2, 2, 2))
    dense = load_net(tmp_path / "net.mat")
    dense.ffW = np.array([[0.5, 0, 0, -1]])
    assert np.array_equal(cnnff(net, x).o, cnnff(dense, x).o)
