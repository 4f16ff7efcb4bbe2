"""The port's convn against Octave's, bit for bit."""

import numpy as np
import pytest

from calls import RNG, SQUARE, STACK, check, octave, of_class
from dltcnn.convolution import convn
from live import assert_same


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
