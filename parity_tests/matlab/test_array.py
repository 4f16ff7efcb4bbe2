"""Array: MATLAB's operators and subscripts in Python's, and the doors between the two."""

import numpy as np
import pytest

import dltcnn.matlab as room
from both_sides.expressions import SPECIAL, SQUARE, STACK, check, of_class
from both_sides.functions import unlike
from dltcnn import MatlabError
from dltcnn.matlab.array import Array, lifted, of, plain

CLASSES = (np.float64, np.float32, np.uint8, np.int16, bool)
OPERATORS = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    ".*": lambda a, b: a * b,
    "./": lambda a, b: a / b,
    "*": lambda a, b: a @ b,
    "==": lambda a, b: a == b,
    "~=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def seen(function):
    """Give a function `Array`s and take one from it."""

    def called(*args):
        result = function(*(of(np.asarray(arg)) for arg in args))
        assert type(result) is Array
        return plain(result)

    return called


@pytest.mark.parametrize("symbol", OPERATORS)
@pytest.mark.parametrize("cls", CLASSES)
def test_operators(original_session, symbol, cls):
    port = OPERATORS[symbol]
    for a, b in ((SPECIAL, 2.0), (np.float32(0.1), SPECIAL), (SQUARE, SQUARE.T), (SQUARE, STACK)):
        a, b = of_class(np.asarray(a), cls), np.asarray(b)
        check(original_session, seen(port), f"in.a {symbol} in.b", a=a, b=b)
        check(original_session, seen(port), f"in.a {symbol} in.b", a=b, b=a)


@pytest.mark.parametrize("other", [2, 2.0, True, np.float32(2), np.int8(2), np.float64(2)])
@pytest.mark.parametrize("symbol", OPERATORS)
def test_a_number_on_either_side_keeps_its_class(original_session, symbol, other):
    """numpy's scalars have operators of their own, which must not win."""
    port, x = OPERATORS[symbol], np.array([[0.1, -7.0]])
    ours = lambda b, a: plain(port(of(a), b))  # noqa: E731
    theirs = lambda b, a: plain(port(b, of(a)))  # noqa: E731
    check(original_session, ours, f"in.a {symbol} in.b", b=other, a=x)
    check(original_session, theirs, f"in.b {symbol} in.a", b=other, a=x)


@pytest.mark.parametrize("cls", CLASSES)
def test_operators_of_one(original_session, cls):
    x = of_class(SPECIAL, cls)
    check(original_session, seen(lambda x: -x), "-in.x", x=x)
    check(original_session, seen(abs), "abs(in.x)", x=x)
    check(original_session, seen(lambda x: x.T), "in.x'", x=x)
    check(original_session, seen(lambda x: x**2), "in.x ^ 2", x=of_class(SQUARE, cls))
    if cls is bool:
        check(original_session, seen(lambda x: ~x), "~in.x", x=x)


def test_results_of_numbers_stay_arrays():
    """A numpy scalar's class would be decided by numpy's rules in the next operation."""
    x = of(np.array(0.1, np.float32))
    assert type(x + 1) is type(1 - x) is type(x[0]) is type(-x) is Array
    assert (x * np.float64(3)).dtype == np.float32


@pytest.mark.parametrize("change", ["+", "-", "*", "/", "@"])
def test_an_assignment_with_an_operator_leaves_the_array_alone(change):
    given = np.array([[1.0, 2.0]])
    names = {"x": of(given)}
    exec(f"x {change}= 2", names)
    expected = {"+": 3, "-": -1, "*": 2, "/": 0.5, "@": 2}[change]
    assert plain(names["x"])[0, 0] == expected
    assert given.tolist() == [[1, 2]]


@pytest.mark.parametrize("exponent", [3, 0.5, -2, np.array([2, 2])])
def test_only_squares_are_known(exponent):
    with pytest.raises(TypeError, match=r"expected x\*\*2"):
        of(SQUARE) ** exponent


@pytest.mark.parametrize("function", [np.exp, np.add, np.sum, np.mean, np.matmul, np.abs])
def test_functions_of_numpy_are_refused(function):
    arguments = [of(SQUARE)] * (1 if function in (np.exp, np.sum, np.mean, np.abs) else 2)
    with pytest.raises(TypeError):
        function(*arguments)


@pytest.mark.parametrize(
    ("x", "true"), [([[1, 2]], True), ([[1, 0]], False), ([], False), (0.0, False), (2.0, True)]
)
def test_conditions(x, true):
    assert bool(of(np.array(x))) is true


def test_whole_numbers_are_indices():
    assert list(range(of(np.array(2.0)))) == [0, 1]
    assert ["a", "b"][of(np.array([[1]]))] == "b"
    for x in (0.5, np.nan, np.inf, [1.0, 2.0]):
        with pytest.raises(TypeError, match="expected one whole number"):
            range(of(np.array(x)))


def test_elements_are_run_through_column_by_column():
    elements = list(of(np.array([[1.0, 2.0], [3.0, 4.0]])))
    assert [float(each) for each in elements] == [1, 3, 2, 4]
    assert all(type(each) is Array for each in elements)


READS = {
    "x(4)": lambda x: x[3],
    "x(end)": lambda x: x[-1],
    "x(end, 2)": lambda x: x[-1, 1],
    "x(:)": lambda x: x[:],
    "x(2 : 5)": lambda x: x[1:5],
    "x(2, 3)": lambda x: x[1, 2],
    "x(2, 3, 2)": lambda x: x[1, 2, 1],
    "x(2 : 3, :)": lambda x: x[1:3, :],
    "x(1 : 2, :)": lambda x: x[:2, :],
    "x(3 : end, :)": lambda x: x[2:, :],
    "x(2, :)": lambda x: x[1, :],
    "x(:, 3)": lambda x: x[:, 2],
    "x(:, [3 1])": lambda x: x[:, np.array([2, 0])],
    "x(:, [3, 1])": lambda x: x[:, np.array([[2.0, 0.0]])],
    "x(:, :, 2)": lambda x: x[:, :, 1],
    "x(:, :, [3 1 1])": lambda x: x[:, :, np.array([2, 0, 0])],
    "x(1 : 2 : end, 1 : 2 : end, :)": lambda x: x[::2, ::2, :],
    "x(1 : 2 : end, 1 : 3 : end, :)": lambda x: x[:: np.float64(2), ::3, :],
    "x([1 3], [2 2], :)": lambda x: x[np.array([0, 2]), np.array([1, 1]), :],
    "x(:, :, 2, :)": lambda x: x[:, :, 1, :],
    "x(:, :, :, [1 1])": lambda x: x[:, :, :, np.array([0, 0])],
}


@pytest.mark.parametrize("code", READS)
@pytest.mark.parametrize("x", [STACK, STACK[:, :, :2].astype(np.float32), unlike(4, 5, 3, 2)])
def test_subscripts(original_session, code, x):
    check(original_session, seen(READS[code]), f"(@(x) {code})(in.x)", x=x)


@pytest.mark.parametrize("ends", [(1, 3), (0, 4), (2, 2), (0.5, 3), (np.nan, 2), (0, 9), (-1, 2)])
def test_parts_of_a_vector(original_session, ends):
    def port(kk, p, q):
        return plain(of(kk)[p:q])

    kk, (p, q) = np.array([[3.0, 1.0, 2.0, 5.0]]), ends
    code = "(@(kk, p, q) kk(p + 1 : q))(in.kk, in.p, in.q)"
    check(original_session, lambda kk, p, q: port(kk[0], p, q), code, kk=kk, p=p, q=q)
    assert plain(of(kk[0])[:2]).tolist() == [3, 1]
    assert plain(of(kk[0])[2:]).tolist() == [2, 5]


@pytest.mark.parametrize(
    "key", [np.s_[::2], np.s_[1:2, 1:2], np.s_[::2, :], np.s_[1:, :, :], "a", None, ..., 1.5]
)
def test_keys_that_matlab_does_not_have_are_refused(key):
    with pytest.raises(TypeError, match="as in MATLAB but from 0"):
        of(STACK)[key]


def test_writing():
    x = of(np.zeros((4, 1)))
    x[2] = 5
    x[3, 0] = of(np.array(7.0))
    assert plain(x).ravel().tolist() == [0, 0, 5, 7]
    x[:4:2] = 1
    assert plain(x).ravel().tolist() == [1, 0, 1, 7]
    x[x == 1] = -1
    assert plain(x).ravel().tolist() == [-1, 0, -1, 7]
    number = of(np.array(3.0))
    number[number == 0] = 1
    assert float(number) == 3
    number[number == 3] = 1
    assert float(number) == 1
    with pytest.raises(TypeError, match=r"x\[:p:s\] or x\[mask\], as in MATLAB but from 0"):
        x[:, 0] = 1
    for place in (9, -5):
        with pytest.raises(MatlabError, match="out of bound"):
            x[place] = 1
    square = of(np.zeros((2, 2)))
    square[-1] = 5
    square[-1, 0] = 6
    square[:3:2] = 1
    assert plain(square).tolist() == [[1, 1], [6, 5]]


@pytest.mark.parametrize("x", [3.0, [1.5, 2.0], [[1.0, 2.0], [3.0, 4.0]], np.zeros((0, 0))])
def test_an_array_can_be_shown(x):
    x = np.array(x)
    assert repr(of(x)) == f"Array{repr(x)[5:]}"
    assert f"{of(x)}" == str(x)


def test_a_lifted_built_in_gets_plain_arrays_by_name_too():
    given = of(np.array([[2.0, 4.0]]))
    assert lifted(lambda x, y: (type(x).__name__, type(y).__name__))(given, y=given) == (
        "ndarray",
        "ndarray",
    )


def test_another_power_is_refused_in_words():
    with pytest.raises(TypeError) as caught:
        of(np.eye(2)) ** 3
    assert str(caught.value) == "x**3 was asked for: expected x**2, the only power here"


def test_a_built_in_is_lifted():
    def halves(x):
        assert type(x) is not Array
        return x / 2, np.float64(x.sum()), "text"

    half, total, text = lifted(halves)(of(np.array([[2.0, 4.0]])))
    assert (type(half), type(total), text) == (Array, Array, "text")
    assert lifted(halves).__name__ == "halves"


@pytest.mark.parametrize("name", ["zeros", "ones", "sum_", "sqrt", "numel", "floor", "any_", "row"])
def test_the_room_gives_arrays_of_its_own(name):
    assert type(getattr(room, name)(of(np.array([[2.0, 3.0]])))) is Array


def test_the_room_names_everything_that_it_has():
    public = {name for name in vars(room) if not name.startswith("_")}
    modules = {name for name in public if type(getattr(room, name)).__name__ == "module"}
    assert public - modules - {"lifted"} == set(room.__all__)
