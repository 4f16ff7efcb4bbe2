"""MATLAB's built-ins and classes in the port against the same in Octave, one call at a time."""

from itertools import cycle, product

import numpy as np
import pytest

from dltcnn import MatlabError, Net, division, indexing, matlab, text
from dltcnn.classes import array, operand, saturated, size
from dltcnn.convolution import convn
from dltcnn.net import Cell, Layer
from dltparity.octave_errors import OctaveError
from dltparity.trace import matlab_array
from live import assert_same

SPECIAL = np.array([[np.nan, np.inf, -np.inf, 0.0, -0.0, 5e-324, -1.5, 2.5, 0.5, 300.0, -300.0]])
RNG = np.random.default_rng(0)
SQUARE, STACK = RNG.standard_normal((4, 4)), RNG.standard_normal((4, 5, 3))


def octave(session, code, **values):
    """The value of an expression over fields of `in`."""
    session.assign("in", {name: matlab_array(value) for name, value in values.items()})
    session.eval(f"clear('r'); r.value = {code};")
    return session.fields("r")


def check(session, port, code, **values):
    """Both sides give the same value, or refuse in the same words."""
    try:
        theirs = octave(session, code, **values)
    except OctaveError as error:
        with pytest.raises(MatlabError) as ours:
            port(*values.values())
        assert ours.value.message == error.message
        return
    with np.errstate(all="ignore"):
        ours = port(*values.values())
    assert_same(theirs, {"value": matlab_array(ours)})


# Elementwise operators

OPERATORS = {"+": "plus", "-": "minus", ".*": "times", "./": "rdivide"}
CLASSES = (np.float64, np.float32, np.uint8, np.int16, np.int32, bool)


def of_class(values, cls):
    if cls is bool:
        return np.nan_to_num(values) > 0
    if np.dtype(cls).kind in "iu":
        info = np.iinfo(cls)
        return np.clip(np.nan_to_num(values), info.min, info.max).astype(cls)
    return values.astype(cls)


@pytest.mark.parametrize(
    ("symbol", "one", "other"),  # all pairs of classes, each with one of the operators
    [(symbol, *pair) for symbol, pair in zip(cycle(OPERATORS), product(CLASSES, CLASSES))],
)
def test_operators_mix_classes(original_session, symbol, one, other):
    a, b = of_class(SPECIAL, one), of_class(SPECIAL[:, ::-1], other)
    port = getattr(matlab, OPERATORS[symbol])
    check(original_session, port, f"in.a {symbol} in.b", a=a, b=b)
    check(original_session, port, f"in.a {symbol} in.b", a=a[:, 7:8], b=b)


@pytest.mark.parametrize("symbol", ["-", "./"])
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((2, 3), (2, 1)),
        ((2, 3), (1, 3)),
        ((2, 3, 4), (2, 3)),
        ((2, 3), (2, 3, 4)),
        ((2, 1, 4), (1, 3)),
        ((1, 1, 4), (2, 3)),
        ((2, 3), (3, 2)),
        ((2, 3, 4), (2, 3, 3)),
        ((1, 2), (1, 3)),
        ((0, 3), (1, 3)),
        ((0, 3), (2, 3)),
        ((2, 2, 2, 2), (2, 2, 2)),
    ],
)
def test_operators_broadcast_or_refuse(original_session, symbol, one, other):
    a, b = RNG.random(one), RNG.random(other)
    check(original_session, getattr(matlab, OPERATORS[symbol]), f"in.a {symbol} in.b", a=a, b=b)


@pytest.mark.parametrize("symbol", OPERATORS)
def test_operators_refuse_in_their_own_words(original_session, symbol):
    port = getattr(matlab, OPERATORS[symbol])
    check(original_session, port, f"in.a {symbol} in.b", a=np.ones((2, 3)), b=np.ones((3, 2)))
    a, b = np.ones((2, 3), np.uint8), np.ones((2, 3), np.int16)
    check(original_session, port, f"in.a {symbol} in.b", a=a, b=b)


@pytest.mark.parametrize("shapes", [((2, 3, 4, 5), (2, 3)), ((2, 3), (2, 1, 1, 5))])
def test_four_dimensions_broadcast(original_session, shapes):
    a, b = RNG.random(shapes[0]), RNG.random(shapes[1])
    check(original_session, matlab.plus, "in.a + in.b", a=a, b=b)


@pytest.mark.parametrize("other", [(1, 11), (1, 1), (1, 10)])
def test_unequal(original_session, other):
    b = SPECIAL[:, : other[1]].copy()
    check(original_session, matlab.ne, "in.a ~= in.b", a=SPECIAL, b=b)


# Products and powers


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((3, 4), (4, 5)),
        ((1, 4), (4, 1)),
        ((3, 1), (1, 4)),
        ((1, 1), (3, 4)),
        ((3, 4), (1, 1)),
        ((0, 4), (4, 2)),
        ((3, 0), (0, 2)),
        ((3, 4), (3, 4)),
        ((3, 4), (5, 2)),
        ((2, 33), (33, 3)),
    ],
)
@pytest.mark.parametrize("classes", [(np.float64,) * 2, (np.float32, np.float64), (bool, float)])
def test_products(original_session, one, other, classes):
    a = of_class(np.round(4 * RNG.standard_normal(one)) / 3, classes[0])
    b = of_class(np.round(4 * RNG.standard_normal(other)) / 7, classes[1])
    check(original_session, matlab.mtimes, "in.a * in.b", a=a, b=b)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (np.uint8, float),
        (float, np.int32),
        (np.float32, np.uint8),
        (bool, np.int16),
        (np.int32, bool),
        (np.uint8, np.int32),
        (np.uint8, np.uint8),
    ],
)
@pytest.mark.parametrize("shapes", [((2, 2), (2, 2)), ((1, 1), (2, 2)), ((2, 2), (1, 1))])
def test_products_of_integers(original_session, one, other, shapes):
    a, b = np.full(shapes[0], 3).astype(one), np.full(shapes[1], 2).astype(other)
    check(original_session, matlab.mtimes, "in.a * in.b", a=a, b=b)


def test_products_keep_signed_zeros_and_non_finite_values(original_session):
    a = np.array([[-0.0, np.inf], [0.0, -1.0]])
    b = np.array([[-0.0, 0.0], [np.nan, -0.0]])
    check(original_session, matlab.mtimes, "in.a * in.b", a=a, b=b)
    check(original_session, matlab.mtimes, "in.a * in.b", a=-np.zeros((2, 1)), b=np.ones((1, 2)))
    check(original_session, matlab.mtimes, "in.a * in.b", a=np.array([[-0.0]]), b=np.ones((1, 2)))


@pytest.mark.parametrize("x", [3.0, 0.1, np.float32(0.1), -2.0, np.ones((1, 2)), np.ones((2, 3))])
def test_squares(original_session, x):
    check(original_session, division.mpower2, "in.x ^ 2", x=x)


@pytest.mark.parametrize(
    "b", [2.0, [[2.0, 3.0]], [[0.0, 0.0]], [[np.nan, 1.0]], [[1.0, 2.0], [3.0, 4.0], [5.0, 7.0]]]
)
def test_quotients_read_as_octaves(original_session, b):
    a = np.array([[4.0, 6.0]])
    original_session.assign("in", {"a": a, "b": np.atleast_2d(b)})
    original_session.eval("text = num2str(in.a / in.b);")
    quotient = division.mrdivide(a, b)
    assert text.num2str(quotient) == original_session.pull("text")


def test_squares_of_nothing():
    assert division.mpower2(np.zeros((3, 0))).shape == (0, 0)
    assert division.mpower2([]).shape == (0, 0)


# Convolution


@pytest.mark.parametrize("shape", ["valid", "full"])
@pytest.mark.parametrize("kernel", [(1, 1), (2, 3), (4, 5), (5, 2), (2, 6)])
@pytest.mark.parametrize("images", [(4, 5), (4, 5, 3)])
@pytest.mark.parametrize("classes", [(np.float64,) * 2, (np.float32, np.float64)])
def test_convolutions(original_session, shape, kernel, images, classes):
    a = RNG.standard_normal(images).astype(classes[0])
    b = RNG.standard_normal(kernel).astype(classes[1])
    b[0, 0] = 0
    port = lambda a, b: convn(a, b, shape)  # noqa: E731
    check(original_session, port, f"convn(in.a, in.b, '{shape}')", a=a, b=b)


@pytest.mark.parametrize("images", [(4, 5, 3), (6, 5, 20)])
@pytest.mark.parametrize("pages", [2, 3])
@pytest.mark.parametrize("size", [(1, 1), (2, 3), (4, 5), (4, 1)])
@pytest.mark.parametrize("special", [False, True])
def test_convolutions_over_images(original_session, images, pages, size, special):
    a, b = RNG.standard_normal(images), RNG.standard_normal((*size, pages))
    if special:
        a[0, 0, 0], a[1, 2, 1], b[0, 0, 0] = np.inf, np.nan, 0
    port = lambda a, b: convn(a, b, "valid")  # noqa: E731
    check(original_session, port, "convn(in.a, in.b, 'valid')", a=a, b=b)


def test_convolutions_over_many_images(original_session):
    port = lambda a, b: convn(a, b, "valid")  # noqa: E731
    a, b = RNG.standard_normal((3, 4, 30)), RNG.standard_normal((2, 2, 17))
    check(original_session, port, "convn(in.a, in.b, 'valid')", a=a, b=b)


@pytest.mark.parametrize("kernel", [(6, 2), (2, 7), (6, 7), (6, 2, 3), (2, 7, 3), (2, 2, 4)])
def test_kernels_larger_than_the_images_leave_nothing(original_session, kernel):
    port = lambda a, b: convn(a, b, "valid")  # noqa: E731
    a, b = RNG.standard_normal((4, 5, 3)), RNG.standard_normal(kernel)
    assert not port(a, b).size
    assert port(a, b).ndim == 3
    if len(kernel) == 2 or kernel[2] == 4:
        check(original_session, port, "convn(in.a, in.b, 'valid')", a=a, b=b)


def test_a_zero_in_the_kernel_skips_infinity(original_session):
    a, b = STACK.copy(), SQUARE[:2, :2].copy()
    a[1, 1, 0], b[0, 1] = np.inf, 0.0
    for shape in ("valid", "full"):
        theirs = octave(original_session, f"convn(in.a, in.b, '{shape}')", a=a, b=b)
        with np.errstate(all="ignore"):
            assert_same(theirs, {"value": convn(a, b, shape)})


@pytest.mark.parametrize("x", [np.uint8, np.int32, bool])
def test_convolutions_of_other_classes_are_double(original_session, x):
    a = of_class(3 * STACK, x)
    port = lambda a, b: convn(a, b, "valid")  # noqa: E731
    check(original_session, port, "convn(in.a, in.b, 'valid')", a=a, b=SQUARE[:2, :2])


@pytest.mark.parametrize("shapes", [((0, 0), (2, 2)), ((4, 4), (0, 0)), ((0, 3, 2), (2, 2))])
def test_convolutions_of_nothing(shapes):
    for cls in (np.float64, np.float32):
        a, b = np.zeros(shapes[0], cls), np.zeros(shapes[1])
        found = convn(a, b, "full")
        assert (found.shape, found.dtype) == ((0, 0), cls)


# Sums, means, maxima


@pytest.mark.parametrize("cls", CLASSES)
@pytest.mark.parametrize("shape", [(3, 4), (2, 3, 4), (1, 1), (0, 3)])
def test_sums(original_session, cls, shape):
    x = of_class(np.round(300 * RNG.standard_normal(shape)) / 7, cls)
    check(original_session, matlab.sum_, "sum(in.x(:))", x=x)


def test_sums_start_from_plus_zero(original_session):
    check(original_session, matlab.sum_, "sum(in.x(:))", x=-np.zeros((2, 2)))
    check(original_session, matlab.sum_, "sum(in.x(:))", x=SPECIAL)


def test_means_over_images(original_session):
    check(original_session, lambda x: matlab.mean(x, 3), "mean(in.x, 3)", x=STACK)


@pytest.mark.parametrize("dim", [1, 2])
@pytest.mark.parametrize("x", [SQUARE, SQUARE[:1], SQUARE[:, :1], SPECIAL, -np.zeros((2, 2))])
@pytest.mark.parametrize("cls", [np.float64, np.float32])
def test_means(original_session, dim, x, cls):
    with np.errstate(all="ignore"):
        x = x.astype(cls)
    check(original_session, lambda x: matlab.mean(x, dim), f"mean(in.x, {dim})", x=x)


TIES = np.array([[1.0, 2, 2], [3, 3, np.nan], [np.nan, 3, 1]])


@pytest.mark.parametrize(
    "x",
    [
        TIES,
        TIES[:1],
        TIES[:, :1],
        np.full((2, 3), np.nan),
        np.full((1, 3), np.nan),
        np.array([[-np.inf, np.nan], [np.nan, -np.inf]]),
        SPECIAL,
        np.array([[True, False], [True, True]]),
        np.array([[3, 5], [5, 4]], np.uint8),
        TIES.astype(np.float32),
    ],
)
def test_maxima(original_session, x):
    original_session.assign("in", {"x": x})
    original_session.eval("clear('r'); [r.m, r.i] = max(in.x);")
    m, i = matlab.max_(x)
    theirs = original_session.fields("r")
    if x.dtype == bool:  # Octave's maxima of logicals are double; cnntest takes the places only
        m = m.astype(float)
    ours = {"i": matlab_array(np.asarray(i) + 1.0)}
    if x.dtype.kind == "f":
        ours["m"] = matlab_array(m)
    assert_same({name: theirs[name] for name in ours}, ours)


@pytest.mark.parametrize("x", [[True, False, True], [False], [True], [False, False], [False, True]])
def test_places_of_what_is_true(original_session, x):
    x = np.array([x])
    original_session.assign("in", {"x": x})
    original_session.eval("clear('r'); r.value = find(in.x);")
    found = matlab.find(x[0] if x.size > 1 else x[0, 0])
    assert_same(original_session.fields("r"), {"value": matlab_array(found + 1.0)})


# Shapes


@pytest.mark.parametrize("shape", [(3, 4), (2, 3, 2), (1, 4)])
@pytest.mark.parametrize("dim", [1, 2])
def test_flips(original_session, shape, dim):
    x = RNG.random(shape)
    check(original_session, lambda x: matlab.flipdim(x, dim), f"flipdim(in.x, {dim})", x=x)


@pytest.mark.parametrize("s", [1, 2, 3.0, 5])
def test_strides(original_session, s):
    check(
        original_session,
        lambda z: indexing.strided(z, s),
        f"in.z(1 : {s} : end, 1 : {s} : end, :)",
        z=STACK,
    )
    assert indexing.strided(STACK, s).flags.c_contiguous


@pytest.mark.parametrize(
    "dims", [(20, 3), (4.0, 15.0), (5, 3, 4), (60, 1), (7, 3), (2, 5, 5), (8, 8)]
)
def test_reshapes(original_session, dims):
    code = f"reshape(in.x, {', '.join(f'{d:g}' for d in dims)})"
    check(original_session, lambda x: matlab.reshape(x, *dims), code, x=STACK)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (np.ones((2, 3)), np.zeros((1, 3))),
        (np.zeros((0, 0)), np.ones((2, 3))),
        (np.ones((2, 3)), np.zeros((0, 0))),
        (np.zeros((0, 0)), np.ones((2, 3), np.float32)),
        (np.ones((2, 3), np.float32), np.ones((2, 3))),
        (np.ones((2, 3), np.uint8), np.full((2, 3), 2.6)),
        (np.ones((2, 3), bool), np.ones((1, 3))),
        (np.zeros((0, 3)), np.ones((1, 3))),
        (np.ones((2, 3)), np.ones((2, 4))),
        (np.ones((2, 4)), np.ones((2, 3))),
        (np.zeros((0, 0)), np.ones((1, 3), np.uint8)),
    ],
)
def test_stacks(original_session, a, b):
    check(original_session, matlab.vertcat, "[in.a; in.b]", a=a, b=b)


def test_stacks_of_two_integer_classes_are_refused():
    with pytest.raises(MatlabError) as error:
        matlab.vertcat(np.ones((1, 2), np.uint8), np.ones((1, 2), np.int16))
    assert error.value.message == (
        "binary operator '[;]' not implemented for 'uint8 matrix' by 'int16 matrix' operations"
    )


@pytest.mark.parametrize("dims", [(3, 2), (0, 0), (-1, 3), (2, 3, 4), (2.0, 1.0)])
def test_zeros(original_session, dims):
    code = f"zeros([{', '.join(map(str, dims))}])"
    check(original_session, lambda: matlab.zeros(dims), code)


@pytest.mark.parametrize("n", [1, 3, 0, 2.0])
def test_ones(original_session, n):
    check(original_session, lambda: matlab.ones(n), f"ones({n})")


def test_half_a_one():
    with pytest.raises(MatlabError) as error:
        matlab.ones(2.5)
    assert error.value.message == "conversion of 2.5 to octave_idx_type value failed"


def test_repetition_roots_and_remainders(original_session):
    check(original_session, lambda x: matlab.repmat(x, 2, 3), "repmat(in.x, 2, 3)", x=SQUARE)
    check(original_session, matlab.sqrt, "sqrt(in.x)", x=np.abs(SPECIAL))
    for x, y in ((7.5, 1), (6.0, 1), (-7.5, 2), (5.0, 3)):
        check(original_session, matlab.rem, "rem(in.x, in.y)", x=x, y=float(y))


# Indexing


@pytest.mark.parametrize("index", [[0], [2, 0], [], [3], [1, 5]])
def test_pages(original_session, index):
    code = f"in.x(:, :, [{' '.join(str(i + 1) for i in index)}])"
    original_session.assign("in", {"x": STACK})
    original_session.eval("x = in.x;")
    code = code.replace("in.x", "x")
    try:
        original_session.eval(f"clear('r'); r.value = {code};")
    except OctaveError as error:
        with pytest.raises(MatlabError) as ours:
            indexing.pages(STACK, index)
        words = error.message.replace("index (_,_,", "x(_,_,").replace("; value", ":")
        assert ours.value.message.split(" (")[0] == words.split(" (")[0].split(": out")[0] + (
            ": out of bound 3"
        )
        return
    found = indexing.pages(STACK, np.array(index, int))
    assert_same(original_session.fields("r"), {"value": matlab_array(found)})


def test_pages_of_more_dimensions_fold():
    x = RNG.random((2, 3, 4, 5))
    assert np.array_equal(indexing.pages(x, [6])[:, :, 0], x[:, :, 2, 1])
    assert indexing.pages(x[:, :, 0, 0], [0]).shape == (2, 3, 1)


@pytest.mark.parametrize("shape", [(), (3,)])
def test_pages_need_images(shape):
    with pytest.raises(MatlabError) as error:
        indexing.pages(np.ones(shape), [0])
    assert error.value.message == (f"x of shape {shape} was given: expected images (rows, cols, N)")


@pytest.mark.parametrize(
    ("index", "says"),
    [
        ([4], "y(_,5): out of bound 4 (dimensions are 3x4)"),
        ([1, 6, 5], "y(_,7): out of bound 4 (dimensions are 3x4)"),
        ([5], "y(_,6): out of bound 4 (dimensions are 3x4)"),
    ],
)
def test_columns_that_are_not_there(index, says):
    y = np.ones((3, 4))
    assert indexing.columns(y, [3, 0]).shape == (3, 2)
    assert indexing.columns(np.arange(4.0), [2]).tolist() == [[2.0]]
    with pytest.raises(MatlabError) as error:
        indexing.columns(y, index)
    assert error.value.message == says


def test_a_page_that_is_not_there():
    with pytest.raises(MatlabError) as error:
        indexing.pages(np.ones((2, 3, 4)), [1, 4])
    assert error.value.message == "x(_,_,5): out of bound 4 (dimensions are 2x3x4)"


@pytest.mark.parametrize(("n", "count"), [(3, 3), (2.5, 2), (0, 0), (-1, 0), (1.0, 1)])
def test_colon(n, count):
    assert list(indexing.colon(n)) == list(range(count))


# Cells, rows, numbers as text


def test_a_cell_that_nobody_filled_is_a_missing_field():
    with pytest.raises(MatlabError, match="structure has no member 'a'"):
        matlab.numel(Cell("a"))
    assert matlab.numel(Cell("a", items=[1, 2])) == 2


def test_rows_grow_and_keep_their_class(original_session):
    for first, second in ((np.float32(1), 2.0), (1.0, np.float32(0.1)), (0.5, 0.25)):
        original_session.assign("in", {"a": matlab_array(first), "b": matlab_array(second)})
        original_session.eval("r = struct('v', []); r.v(1) = in.a; r.v(end + 1) = in.b;")
        row = matlab.append(matlab.append(matlab.zeros((0, 0)), first), second)
        assert_same(original_session.fields("r"), {"v": matlab_array(row)})


@pytest.mark.parametrize(
    "x",
    [
        [4.5, 4.5],
        [3, 4],
        [4.8],
        [7],
        [0],
        [-1.5, 2.5],
        [333.66666666, 3.3333333],
        [2.3333333333, 3],
        [12345.678],
        [0.05],
        [0.5, 0.25],
        [-7],
        [99999.5, 1],
        [1e5 + 0.5, 2],
        [np.nan, 2.5],
        [np.nan],
        [np.inf, 2.5],
    ],
)
def test_numbers_as_text(original_session, x):
    original_session.push("x", np.array([x], float))
    original_session.eval("text = num2str(x);")
    assert text.num2str(x) == original_session.pull("text")
    if len(x) == 1:
        assert text.num2str(x[0]) == original_session.pull("text")


# Classes and sizes


@pytest.mark.parametrize("cls", [np.uint8, np.int8, np.int16, np.int32])
def test_rounding_into_integer_classes(original_session, cls):
    x = np.concatenate([SPECIAL, [[0.49, -0.5, -2.5, 1.5, 127.5, 255.5, 1e10, -1e10]]], axis=1)
    name = np.dtype(cls).name
    check(original_session, lambda x: saturated(x, np.dtype(cls)), f"{name}(in.x)", x=x)


@pytest.mark.parametrize(
    "shape", [(2, 3), (2, 3, 1), (2, 1, 1), (1, 1, 4), (2, 3, 4, 1, 1), (2, 3, 0)]
)
def test_sizes(original_session, shape):
    original_session.push("x", np.ones(shape))
    original_session.eval("s = size(x); d = [size(x, 1), size(x, 2), size(x, 3), size(x, 5)];")
    assert list(size(np.ones(shape))) == original_session.pull("s").ravel().tolist()
    dims = [size(np.ones(shape), dim) for dim in (1, 2, 3, 5)]
    assert dims == original_session.pull("d").ravel().tolist()


def test_sizes_of_numbers_and_vectors_are_those_of_rows():
    assert size(3.0) == (1, 1)
    assert size(np.ones(4)) == (1, 4)
    assert [size(np.ones(4), dim) for dim in (1, 2, 3)] == [1, 4, 1]
    assert [size(2.0, dim) for dim in (1, 2)] == [1, 1]
    assert str(size(np.ones((2, 3, 4)))) == "2x3x4"


def test_a_dimension_that_is_not_there():
    with pytest.raises(MatlabError) as error:
        size(np.ones((2, 3)))[2]
    assert error.value.message == "sa(3): out of bound 2 (dimensions are 1x2)"
    with pytest.raises(MatlabError) as error:
        size(np.ones((2, 3)))[3]
    assert error.value.message == "sa(4): out of bound 2 (dimensions are 1x2)"
    assert size(np.ones((2, 3)))[1] == 3


def test_numbers_are_double_and_arrays_keep_their_class():
    assert operand(3).dtype == np.float64
    assert operand([1, 2]).dtype == np.float64
    assert operand(True).dtype == bool
    kept = np.ones(3, np.int16)
    assert operand(kept) is kept
    assert operand(np.float32(1)).dtype == np.float32
    assert operand(np.int32(1)).dtype == np.int32


def test_an_array_of_its_own():
    given = np.asfortranarray(np.ones((2, 3)))
    own = array(given)
    assert own.flags.c_contiguous
    own[:] = 0
    assert given.all()


@pytest.mark.parametrize("x", [np.ones(2, complex), np.array(["a"]), np.ones(2, np.longdouble)])
def test_other_classes_are_refused_in_words(x):
    with pytest.raises(MatlabError) as error:
        operand(x)
    assert error.value.message == (
        f"an array of class {x.dtype} was given: expected double, single, logical or an integer "
        "class (convert with x.astype(float))"
    )


def test_functions_leave_their_structs_alone():
    net = Net([Layer("i")])
    assert net.copy() is not net
