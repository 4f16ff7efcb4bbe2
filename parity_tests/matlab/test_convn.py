"""The port's convn against Octave's, bit for bit."""

import tracemalloc

import numpy as np
import pytest

from both_sides.expressions import SQUARE, STACK, check, of_class
from dltcnn import MatlabError
from dltcnn.matlab.convn import _places, convn

SHAPES = pytest.mark.parametrize("shape", ["valid", "full"])


def check_convn(session, shape, a, b):
    """Both sides give the same convolution."""
    port = lambda a, b: convn(a, b, shape)  # noqa: E731
    check(session, port, f"convn(in.a, in.b, '{shape}')", a=a, b=b)


def kernel_of(rng, size):
    """A kernel with 0, 1 and -1 in it: what is skipped, and what must not be."""
    b = rng.standard_normal(size)
    b.ravel()[: min(b.size - 1, 3)] = [0, 1, -1][: min(b.size - 1, 3)]
    return b


@SHAPES
@pytest.mark.parametrize("kernel", [(1, 1), (2, 3), (4, 5), (5, 2), (2, 6)])
@pytest.mark.parametrize("images", [(4, 5), (4, 5, 3)])
def test_convolutions(original_session, rng, shape, kernel, images):
    check_convn(original_session, shape, rng.standard_normal(images), kernel_of(rng, kernel))


@SHAPES
@pytest.mark.parametrize("one", [np.float64, np.float32, np.uint8, np.int32, bool])
@pytest.mark.parametrize("other", [np.float64, np.float32, np.int8, bool])
def test_convolutions_of_classes(original_session, shape, one, other):
    a, b = of_class(3 * STACK, one), of_class(3 * SQUARE[:2, :2], other)
    check_convn(original_session, shape, a, b)


@SHAPES
@pytest.mark.parametrize("pages", [2, 3, 5])
@pytest.mark.parametrize("images", [(4, 5), (4, 5, 3), (6, 5, 20)])
@pytest.mark.parametrize("size", [(1, 1), (2, 3), (4, 5), (4, 1)])
def test_convolutions_over_images(original_session, rng, shape, images, pages, size):
    check_convn(
        original_session, shape, rng.standard_normal(images), kernel_of(rng, (*size, pages))
    )


@SHAPES
@pytest.mark.parametrize("pages", [(), (2,)])
def test_a_zero_in_the_kernel_skips_infinity(original_session, rng, shape, pages):
    a, b = STACK.copy(), rng.standard_normal((2, 2, *pages))
    a[1, 1, 0], a[1, 2, 1], a[2, 3, 2] = np.inf, np.nan, -np.inf
    b[0, 1], b[1, 0] = 0.0, -0.0
    check_convn(original_session, shape, a, b)


@SHAPES
@pytest.mark.parametrize("a", [(4, 5, 2, 3), (4, 5, 1, 3), (4, 5, 3, 1), (4, 5, 2, 1, 2)])
@pytest.mark.parametrize("b", [(2, 3), (2, 3, 1), (2, 3, 1, 1)])
def test_further_dimensions_of_images_are_apart(original_session, rng, shape, a, b):
    check_convn(original_session, shape, rng.standard_normal(a), kernel_of(rng, b))


@SHAPES
@pytest.mark.parametrize(
    ("a", "b", "size"),
    [((4, 5, 2, 3), (2, 3, 2), "2x3x2"), ((4, 5), (2, 3, 1, 2), "2x3x1x2")],
)
def test_further_dimensions_of_kernels_are_refused(shape, a, b, size):
    with pytest.raises(MatlabError) as error:
        convn(np.ones(a), np.ones(b), shape)
    assert error.value.message == (f"a kernel of size {size} was given: expected rows and columns")


@pytest.mark.parametrize(
    ("a", "b", "valid", "full"),
    [
        ((4, 5), (2, 3), (3, 3, 1), (5, 7, 1)),
        ((4, 5), (2, 3, 1), (3, 3), (5, 7)),
        ((4, 5), (2, 3, 1, 1), (3, 3), (5, 7)),
        ((4, 5, 3), (2, 3, 1), (3, 3, 3), (5, 7, 3)),
        ((4, 5, 3), (2, 3, 3), (3, 3), (5, 7, 5)),
        ((4, 5, 3), (2, 3, 4), (3, 3, 0), (5, 7, 6)),
        ((4,), (2,), (1, 3, 1), (1, 5, 1)),
    ],
)
def test_a_third_dimension_of_one_is_kept_unless_the_kernel_has_one(a, b, valid, full):
    assert convn(np.ones(a), np.ones(b), "valid").shape == valid
    assert convn(np.ones(a), np.ones(b), "full").shape == full


@pytest.mark.parametrize(
    "kernel", [(6, 2), (2, 7), (6, 7), (6, 2, 3), (2, 7, 3), (6, 8, 2), (2, 2, 4), (2, 2, 6)]
)
def test_kernels_larger_than_the_images_leave_nothing(original_session, rng, kernel):
    assert not convn(STACK, np.ones(kernel), "valid").size
    check_convn(original_session, "valid", STACK, rng.standard_normal(kernel))


@SHAPES
@pytest.mark.parametrize("cls", [np.float64, np.float32])
@pytest.mark.parametrize(
    ("a", "b"), [((0, 0), (2, 2)), ((4, 4), (0, 0)), ((0, 3, 2), (2, 2)), ((4, 5, 0), (2, 2, 2))]
)
def test_convolutions_of_nothing(original_session, shape, cls, a, b):
    check_convn(original_session, shape, np.zeros(a, cls), np.zeros(b))


# Convolutions over images that are cut into parts, the last one smaller; of which one image is
# more than a part should be; with sums of two images and of one that stands alone.
PARTS = pytest.mark.parametrize(
    ("images", "kernel"),
    [
        ((12, 12, 41), (6, 6, 40)),
        ((31, 31, 4), (16, 16, 3)),
        ((3, 4, 30), (2, 4, 17)),
        ((3, 3, 41), (3, 3, 40)),
    ],
)


@PARTS
def test_convolutions_over_many_images(original_session, rng, images, kernel):
    a, b = rng.standard_normal(images), kernel_of(rng, kernel)
    check_convn(original_session, "valid", a, b)


@PARTS
def test_a_convolution_over_images_holds_few_products_at_a_time(images, kernel):
    a, b = np.ones(images), np.ones(kernel)
    convn(a, b, "valid")
    tracemalloc.start()
    convn(a, b, "valid")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 700_000


def test_where_the_products_stand_is_computed_once():
    assert _places(4, 5, 2, 3) is _places(4, 5, 2, 3)


@SHAPES
@pytest.mark.parametrize("kernel", [(2, 2), (2, 2, 2)])
def test_the_layout_in_memory_does_not_matter(rng, shape, kernel):
    a, b = STACK.copy(), rng.standard_normal(kernel)
    expected = convn(a, b, shape)
    assert np.array_equal(convn(np.asfortranarray(a), np.asfortranarray(b), shape), expected)
    assert np.array_equal(convn(a[::-1][::-1], b[:, ::-1][:, ::-1], shape), expected)
    assert np.array_equal(a, STACK), "an argument was changed"
