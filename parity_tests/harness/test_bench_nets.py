"""The benchmark's larger nets: the same step by every contestant, and what they are to reach."""

from contextlib import ExitStack

import pytest

from dltparity.bench import campaign, goals, worker
from dltparity.bench.nets import NETS, Big
from dltparity.bench.sizes import CLASSES
from dltparity.report import bench

# What importing and compiling with PyTorch warns of is not this project's.
torch_warns = pytest.mark.filterwarnings("ignore::DeprecationWarning:torch")


def net(name="A: combinations", cls="double", check=0.5):
    """A summed-up step of a larger net."""
    times = {"lines": 11, "compiled": 1, "torch eager": 1.1, "torch compiled": 1.0, "jax": 3}
    seconds = {name: [t * 1e-3] * 5 for name, t in times.items()}
    result = {"net": name, "class": cls, "seconds": seconds, "refused": {}}
    return campaign._summary(result | {"check": {"compiled": check}})


@torch_warns
@pytest.mark.parametrize("cls", CLASSES)
@pytest.mark.parametrize("name", NETS)
def test_a_larger_net_is_the_same_for_all(name, cls):
    with ExitStack() as stack:
        contestants = worker._net_contestants(Big(name, cls, 4))
        if name[0] != "A":  # half a minute each
            del contestants["torch compiled"]
        running, refused = worker._running(contestants, stack)
        assert {"lines", "compiled"} <= running.keys() and running.keys().isdisjoint(refused)
        worst = worker._against_lines(running, cls)
        assert worst["lines"] == worst["compiled"] == 0 and max(worst.values()) <= 1
        running["compiled"].run(1)
        assert worker._against_lines(running, cls)["compiled"] > 1, "a second step differs"


def test_larger_nets_are_held_to_their_goals():
    nets = [net(), net("B: colour", "single"), net(check=2.0)]
    promises = goals.all_of({"steps": [], "nets": nets})
    kept = {p["what"]: p["kept"] for p in promises if "net" in p["what"]}
    assert kept == {
        "double, net A: combinations: time of the line-by-line port in units of the compiled "
        "engine's": True,
        "double, net A: combinations: PyTorch's best in units of the compiled engine's": False,
        "single, net B: colour: time of the line-by-line port in units of the compiled "
        "engine's": True,
        "single, net B: colour: PyTorch's best in units of the compiled engine's": True,
    }
    text = bench.render(
        {
            "steps": [],
            "nets": nets,
            "promises": promises,
            "slopes": [],
            "plots": [],
            "provenance": {},
        }
    )
    assert "## Larger nets" in text and "11.00 (11.00 to 11.00)" in text
    assert "JAX, compiled" in text and "3.00 (3.00 to 3.00)" in text
    assert "**1 steps gave weights outside" in text
