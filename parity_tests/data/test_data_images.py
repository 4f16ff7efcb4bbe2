"""images, one_of_many and class_numbers: MATLAB's order, and refusals by cause."""

import numpy as np
import pytest

from both_sides.functions import in_octave
from dltcnn import class_numbers, images, one_of_many


@pytest.mark.parametrize("cls", [np.uint8, float, np.float32, np.int16, bool])
@pytest.mark.parametrize(("rows", "cols"), [(28, 28), (3, 5), (1, 4), (4, 1)])
def test_images_are_octaves_reshape(original_session, cls, rows, cols):
    x = np.random.default_rng(1).integers(0, 256, (7, rows * cols)).astype(cls)
    theirs = in_octave(original_session, f"reshape(in.x', {rows}, {cols}, 7)", x=x.astype(float))
    ours = images(x, rows, cols)
    assert ours.dtype == cls
    assert np.array_equal(ours, theirs["value"].reshape(ours.shape))
    assert not np.shares_memory(ours, x)


def test_lists_whole_floats_and_no_images_are_taken():
    assert images([[1, 2, 3, 4]], 2.0, np.int64(2)).tolist() == [[[1], [3]], [[2], [4]]]
    assert images(np.zeros((0, 6)), 2, 3).shape == (2, 3, 0)


X = np.zeros((9, 784))


@pytest.mark.parametrize(
    ("x", "size", "wording"),
    [
        (
            X,
            (28, 27),
            "x is 2-D, 9 x 784: expected N x 756, an image of 28 x 27 pixels in each row",
        ),
        (X.T, (28, 28), "x is 2-D, 784 x 9: .*; here each column is an image: give x.T"),
        (X.reshape(9, 28, 28), (28, 28), r"3-D, 9 x 28 x 28: .*x\.transpose\(1, 2, 0\) puts N"),
        (X.reshape(28, 28, 9), (28, 28), "3-D, 28 x 28 x 9: .*images already, as the functions"),
        (X[0], (28, 28), r"x is 1-D, 784: .*; for one image give x\.reshape\(1, -1\)"),
        (np.float64(3), (28, 28), "x is one number: expected N x 784"),
    ],
)
def test_other_layouts_are_refused_with_the_line_that_converts(x, size, wording):
    with pytest.raises(ValueError, match=wording):
        images(x, *size)


@pytest.mark.parametrize(
    ("arguments", "kind", "wording"),
    [
        (("text", 1, 4), TypeError, "x is text: expected an array of numbers, N x pixels"),
        (([[1, 2], [3]], 1, 2), TypeError, "x holds rows of different lengths"),
        ((None, 1, 2), TypeError, "x is of class object"),
        ((X * 1j, 28, 28), TypeError, "x is of class complex128"),
        ((X, 28, "28"), TypeError, "cols is '28': expected a whole number"),
        ((X, 28.5, 28), TypeError, "rows is 28.5: expected a whole number"),
        ((X, np.nan, 28), TypeError, "rows is nan"),
        ((X, 0, 28), ValueError, "rows is 0: expected at least 1"),
    ],
)
def test_what_is_no_image_or_size_is_refused(arguments, kind, wording):
    with pytest.raises(kind, match=wording):
        images(*arguments)


LABELS = np.array([3, 0, 2, 2])


@pytest.mark.parametrize(
    "labels",
    [
        *(LABELS, LABELS.astype(np.uint8), LABELS.astype(float), LABELS[:, None], LABELS[None]),
        LABELS.tolist(),
    ],
)
def test_labels_of_any_class_and_shape_become_columns(labels):
    y = one_of_many(labels, 5)
    assert y.dtype == float and y.tolist() == np.eye(5)[:, LABELS].tolist()
    assert class_numbers(y).tolist() == LABELS.tolist()
    assert one_of_many(labels).shape == (4, 4)


def test_one_label_and_none():
    assert one_of_many(1, 3).tolist() == [[0], [1], [0]]
    assert one_of_many([True, False]).tolist() == [[0, 1], [1, 0]]
    assert one_of_many([], 3).shape == (3, 0) and class_numbers(np.zeros((3, 0))).size == 0


@pytest.mark.parametrize(
    ("arguments", "kind", "wording"),
    [
        (([0, 5], 5), ValueError, r"labels\[1\] is 5: expected whole numbers from 0 to 4$"),
        (
            ([1, 5], 5),
            ValueError,
            r"from 0 to 4; labels that count from 1 need one_of_many\(labels",
        ),
        (([0, -1], 5), ValueError, r"labels\[1\] is -1"),
        (([0.5], 5), ValueError, r"labels\[0\] is 0\.5"),
        (([0, np.nan], 5), ValueError, r"labels\[1\] is nan"),
        ((np.eye(3), 3), ValueError, "2-D, 3 x 3: expected N class numbers.*targets already"),
        (([0], 0), ValueError, "classes is 0"),
        (([0], 2.5), ValueError, "classes is 2.5"),
        ((["cat"], 2), TypeError, "labels is text"),
        (([], None), ValueError, "classes is 0"),
    ],
)
def test_other_labels_are_refused(arguments, kind, wording):
    with pytest.raises(kind, match=wording):
        one_of_many(*arguments)


def test_class_numbers_are_octaves_places_of_the_maximum(original_session):
    y = np.random.default_rng(2).random((4, 9))
    y[:, 0], y[1, 1], y[:, 2] = 0.5, np.nan, np.nan
    y[2, 3], y[0, 4], y[:3, 5] = np.inf, -np.inf, np.nan
    y[:, 6], y[0, 6] = -np.inf, np.nan
    theirs = original_session.compute("[~, h] = max(in.y); result = struct('h', h);", {"y": y})
    assert np.array_equal(class_numbers(y) + 1, theirs["h"].ravel())


@pytest.mark.parametrize(
    ("y", "kind", "wording"),
    [
        (LABELS, ValueError, r"y is 1-D, 4: expected classes x N; .*y\.reshape\(-1, 1\)"),
        (np.zeros((2, 2, 2)), ValueError, "y is 3-D, 2 x 2 x 2"),
        (np.zeros((0, 3)), ValueError, "y is 2-D, 0 x 3"),
        ("text", TypeError, "y is text"),
    ],
)
def test_what_are_no_targets_is_refused(y, kind, wording):
    with pytest.raises(kind, match=wording):
        class_numbers(y)
