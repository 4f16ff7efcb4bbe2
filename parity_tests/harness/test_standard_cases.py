"""The standard cases see what nets of the usual size cannot show: each fault here needs more."""

import pytest

from both_sides.planted_faults import broken_port
from dltparity.cases.standard import standard
from dltparity.traces.port import port_trace

PIXELS = "convn(below.a[j], ones(layer.scale)"
# A number by itself is exactly 1, but where it is 0 or Inf.
NOT_THESE = "convn(below.a[j] * (below.a[j] / below.a[j]), ones(layer.scale)"


def largest(case, name):
    return max((layer.get(name, 0) for layer in case.spec), default=0)


# What is wrong -> the function, its text and the fault's, and the cases that can show it.
FAULTS = {
    "kernels of more than 8": (
        ("cnnff", "layer.k[i][j],", "layer.k[i][j] * (1 + 2**-52 * (layer.kernelsize > 8)),"),
        lambda case: largest(case, "kernelsize") > 8,
    ),
    "sums over more than 64 maps": (
        ("cnnff", "z = z + convn", "z = z + (i < 64) * convn"),
        lambda case: largest(case, "outputmaps") > 64,
    ),
    "batches of more than 256": (
        ("cnnbp", "net.fv.T / size(net.od, 2)", "net.fv.T / min(size(net.od, 2), 256)"),
        lambda case: case.batchsize > 256,
    ),
    "updates after the thousandth": (
        ("cnntrain", "0.99 * net.rL[-1]", "(0.99 + 2**-50 * (l > 1000)) * net.rL[-1]"),
        lambda case: case.images / case.batchsize > 1000,
    ),
    "tests on more than 2,000 images": (
        ("cnntest", "numel(bad) / size(y, 2)", "numel(bad) / min(size(y, 2), 2000)"),
        lambda case: case.tests > 2000,
    ),
    "0 and Inf in a first layer s": (
        ("cnnff", PIXELS, NOT_THESE),
        lambda case: case.special and case.layers.startswith(("2s", "4s")),
    ),
}


def differs(one, other):
    return any(one[field].tobytes() != other[field].tobytes() for field in one)


def shows(case, planted):
    clean = port_trace(case)
    with broken_port(*planted):
        return differs(clean, port_trace(case))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_small_nets_do_not_show_is_seen(fault):
    planted, can_show = FAULTS[fault]
    assert any(shows(case, planted) for case in standard() if can_show(case))


def test_small_nets_do_not_show_them():
    (case,) = (case for case in standard() if case.name == "kernel-2")
    assert not any(shows(case, planted) for planted, _ in FAULTS.values())
