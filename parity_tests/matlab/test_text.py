"""Numbers as text against Octave's num2str."""

import numpy as np
import pytest

from both_sides.expressions import check, text_in_octave
from dltcnn import MatlabError
from dltcnn.matlab import text

ROWS = {
    "whole": (
        [3, 4],
        [7],
        [0],
        [0, 0],
        [-7],
        [99, 100],
        [-100, 5],
        [0, -3],
        [1000, 1, 10],
        [-3, -4],
    ),
    "fractions": ([4.5, 4.5], [4.8], [-1.5, 2.5], [2.3333333333, 3], [0.5, 12.25], [1.00001, 1]),
    "below 1": ([0.05], [0.5, 0.25], [0, 0.1], [1e-5], [-1.2345e-5, 1], [0.00012345678], [-0.5, 0]),
    "five digits": ([333.66666666, 3.3333333], [9.999999], [99999.5, 1], [99999.999999]),
    "more digits": ([12345.678], [1e5 + 0.5, 2], [123456.789], [-123456.789, -2]),
    "sixteen digits": (
        [12345678901.5],
        [123456789012.25, -1],
        [1234567890123.5, 1.5],
        [2**51 + 0.5],
    ),
    "whole and large": (
        [1e15],
        [1e15, 3],
        [1e15 - 1, 1],
        [1e16],
        [1e16, 2],
        [2**54, 3],
        [1e300, 1],
    ),
    "NaN": ([np.nan], [np.nan, 3], [np.nan, 12345], [0, np.nan], [np.nan, 2.5], [np.nan, 0.25]),
    "Inf": ([-np.inf], [np.inf, 2.5], [np.inf, 3, -np.inf], [1234, np.inf, 1], [np.nan, np.inf]),
    "nothing": ([],),
}


def codes(wording):
    """A text as numbers, with a 0 at the end so that there always is one."""
    return np.array([[*map(ord, wording), 0]], float)


@pytest.mark.parametrize("name", ROWS)
def test_numbers_as_text(original_session, name):
    def port(x):
        return codes(text.num2str(x))

    for row in ROWS[name]:
        x = np.array([row], float)
        check(original_session, port, "[num2str(in.x), 0] + 0", x=x)
        if x.size == 1:
            check(original_session, port, "[num2str(in.x), 0] + 0", x=float(x[0, 0]))


@pytest.mark.parametrize(
    "x",
    [
        *(np.array([[True]]), np.array([[True, False]]), np.array([[5, -128]], np.int8)),
        *(np.zeros((1, 3), np.uint8), np.single([[0.1, 2.5]]), np.single([[3, np.nan]])),
        *(np.zeros((0, 3)), np.zeros((3, 0)), np.zeros((1, 0, 2)), [1.0, 2.5], [], 2),
        *(np.arange(6.0).reshape((1, 3, 2), order="F"), np.array([[[0.5, 10.0]]])),
    ],
)
def test_other_classes_and_sizes_as_text(original_session, x):
    check(original_session, lambda x: codes(text.num2str(x)), "[num2str(in.x), 0] + 0", x=x)


@pytest.mark.parametrize("wording", ["a", "epoch "])
@pytest.mark.parametrize(
    "x",
    [
        *([[3.0]], [[3.0, 10.0]], np.zeros((0, 0)), [[1.0], [2.0]], [[1.0, 22.0], [333.0, 4.0]]),
        *([[100.0], [5.0], [np.nan]], [[-1.2345e-5], [1.5]], [[1.5], [-1.2345e-5]], [[-1], [5]]),
        *(np.ones((2, 2, 2)), np.ones((1, 1, 3)), np.ones((1, 1, 2, 2)), np.ones((1, 2, 5))),
        *(
            np.array([[[1, 1], [1, 1]], [[100, 1], [1, 1.0]]]),
            np.arange(12.0).reshape((2, 2, 3)) - 5,
        ),
    ],
)
def test_numbers_beside_a_text(original_session, wording, x):
    code = f"['{wording}', num2str(in.x), '/', 0] + 0"
    check(original_session, lambda x: codes(text.strings(wording, x, "/")), code, x=x)


def test_several_lines_are_no_text():
    with pytest.raises(MatlabError) as error:
        text.num2str([[1.0], [22.0]])
    assert error.value.message == "horizontal dimensions mismatch (1x0 vs 2x2)"


@pytest.mark.parametrize(
    "value",
    [
        *(0.0, -2.5, 1e20, 123456789012345678, np.nan, np.inf, -np.inf, 0.1),
        *(np.float32(0.1), np.uint8(200), (1, 2.5, 3), [[1, 2], [3, 4.25]], [[1], [2]]),
        *(np.array([[True]]), np.array([[False]]), np.array([[True, False], [True, True]])),
        *(np.zeros((0, 0)), np.zeros((0, 3))),
        *(np.zeros((1, 0)), np.zeros((2, 0)), np.ones((0, 1), bool)),
    ],
    ids=repr,
)
def test_mat2str(acnn_session, value):
    assert text.mat2str(value) == text_in_octave(acnn_session, "mat2str(in.x)", x=value)


def test_mat2str_of_text_says_the_text():
    assert text.mat2str("relu") == '"relu"'  # MATLAB does, too; Octave refuses


@pytest.mark.parametrize("value", [1 / 3, 1234567.0, 1e-7, np.nan, np.inf, -np.inf, 2.0])
def test_numbers_in_messages(acnn_session, value):
    assert text.sprintf_g(value) == text_in_octave(acnn_session, "sprintf('%g', in.x)", x=value)
    assert text.sprintf_g(value, 3) == text_in_octave(
        acnn_session, "sprintf('%.3g', in.x)", x=value
    )
