"""Design errors in port and .m files alike: the list is one, and oracles find what is on it."""

import pytest

from dltparity.equations import measure
from mutation import oracles, processes
from mutation.twins import twins

NET = "notes"  # one is enough for the faults that are tried here; the command tries all on all


@pytest.fixture(scope="module")
def known():
    """What the oracles say of one net."""
    return {(NET, oracle): measure.expected(NET, oracle) for oracle in ("extended", "course")}


def test_each_fault_hits_one_place_on_each_side(tmp_path):
    found = twins()
    assert len({twin.name for twin in found}) == len(found) >= 31
    for twin in found:
        twin.write(tmp_path)
        assert twin.source() != twin.path.read_text(encoding="utf-8")


def test_the_port_without_a_fault_agrees(known):
    processes.check_sound({"the oracles": (oracles.try_oracles, (known, [NET]))})


@pytest.mark.parametrize(
    "name", ["E9 with the beta of map 1", "the update with alpha squared", "E3 without b"]
)
def test_a_fault_on_both_sides_is_found(known, name):
    twin = next(twin for twin in twins() if twin.name == name)
    ((_, survived),) = processes.judge([(twin, oracles.try_oracles, (known, [NET]))], 1)
    assert not survived
