"""The benchmark's epochs and memory: what is timed and what is measured."""

import numpy as np

from dltcnn import OctaveRandom
from dltparity.bench import epochs, memory


def test_an_epoch_is_timed_beside_its_steps_and_its_memory_measured(monkeypatch):
    monkeypatch.setattr(epochs, "_MANY", 1000)
    monkeypatch.setattr(epochs, "_IMAGES", 500)
    took, train = [], epochs._train

    def counted(net, x, y):
        took.append(train(net, x, y))

    monkeypatch.setattr(epochs, "_train", counted)
    found = epochs.gather(0)["epochs"]
    # The images' order at least; beside the last batch's fields no copy of the images, 6 MiB.
    assert 1000 * 8 < found["peak"] < 14 << 20
    assert found["seconds"].keys() == {"epoch", "steps", "prediction"} and len(took) > 4
    assert 0 < found["seconds"]["prediction"] < found["seconds"]["epoch"]
    batches = [np.size(net.rL) - 1 for net in took[:2]]  # its first number is the first twice
    assert batches == [20, 10]


def test_the_steps_of_an_epoch_are_the_trainings(monkeypatch):
    epoch = epochs._Epoch(200)
    net, x, y = epoch._given
    monkeypatch.setattr(epoch, "_order", OctaveRandom(0).randperm(200))
    epoch._steps()
    assert np.array_equal(epoch._training.net.ffW, epochs._train(net, x, y).ffW)
    epoch.close()


def test_memory_names_what_is_the_nets():
    rows = memory.gather(quick=True)["peaks"]
    assert [row["batch"] for row in rows] == [50, 500]
    for row in rows:
        assert row["fields"] < row["compiled"] <= row["lines"]
    assert np.isclose(rows[1]["fields"] / rows[0]["fields"], 10, rtol=0.1)
