"""Checkpoints: whole or not at all, and the bits of a training that was never interrupted."""

import signal
import subprocess
import sys

import numpy as np
import pytest

import dltcnn
from dltcnn import OctaveRandom, Opts, TrainingInterrupted
from dltcnn.training import checkpoint as module
from dltcnn.training import loop
from training.test_interruption import CASES, interrupt_at
from training.trainings import BATCHES, assert_same_bits, cnn_case, options


class Killed(Exception):  # noqa: N818
    """What a killed program does to its training."""


def die_at(*place):
    def callback(net, epoch, batch):
        if (epoch, batch) == place:
            raise Killed

    return callback


@pytest.fixture
def file(tmp_path):
    return tmp_path / "training.npz"


@pytest.mark.parametrize("place", [(0, 0), (1, 1), (2, 2)])
@pytest.mark.parametrize("ended", ["by Ctrl-C", "killed", "killed, saved each batch"])
@pytest.mark.parametrize("case", CASES)
def test_the_same_call_goes_on_to_the_same_bits(case, ended, place, file, monkeypatch):
    train, given, keywords = CASES[case]
    if "each batch" in ended:
        monkeypatch.setattr(loop, "_SECONDS", 0)
    net, x, y = given()
    whole_rng = OctaveRandom(5)
    whole = train(net, x, y, options(), whole_rng, False, **keywords)
    callback = interrupt_at(place) if ended == "by Ctrl-C" else die_at(*place)
    with pytest.raises((TrainingInterrupted, Killed)):
        train(
            *(net, x, y, options(), OctaveRandom(5), False),
            callback=callback,
            checkpoint=file,
            **keywords,
        )
    rng, seen = OctaveRandom(5), []
    on = train(
        *(net, x, y, options(), rng, False),
        callback=lambda net, epoch, batch: seen.append((epoch, batch)),
        checkpoint=file,
        **keywords,
    )
    assert_same_bits(on, whole)
    assert (rng.state == whole_rng.state).all()
    first = {"by Ctrl-C": place[0] * 3 + place[1] + 1, "killed": place[0] * 3}
    assert len(seen) == 9 - first.get(ended, place[0] * 3 + place[1])
    assert [*file.parent.iterdir()] == [file]


@pytest.mark.parametrize("case", CASES)
def test_an_ended_training_is_there_at_once_and_can_be_given_more_epochs(case, file):
    train, given, keywords = CASES[case]
    net, x, y = given()
    whole = train(net, x, y, options(), OctaveRandom(5), False, **keywords)
    first = train(
        *(net, x, y, options(numepochs=1), OctaveRandom(5), False), checkpoint=file, **keywords
    )
    again = train(
        *(net, x, y, options(numepochs=1), OctaveRandom(5), False),
        checkpoint=file,
        callback=lambda *_: pytest.fail("a batch"),
        **keywords,
    )
    assert_same_bits(again, first)
    more = train(*(net, x, y, options(), OctaveRandom(5), False), checkpoint=file, **keywords)
    assert_same_bits(more, whole)


def test_going_on_in_the_same_program_keeps_the_file(file):
    net, x, y = cnn_case()
    with pytest.raises(TrainingInterrupted, match=str(file)) as caught:
        dltcnn.cnntrain(
            *(net, x, y, options(), OctaveRandom(5), False),
            callback=interrupt_at((0, 1)),
            checkpoint=file,
        )
    stopped = caught.value
    with pytest.raises(Killed):
        dltcnn.cnntrain(
            *(stopped.net, x, y, stopped.opts, stopped.rng, False),
            callback=die_at(2, 1),
            checkpoint=file,
        )
    seen = []
    on = dltcnn.cnntrain(
        *(net, x, y, options(), OctaveRandom(5), False),
        callback=lambda net, epoch, batch: seen.append(epoch),
        checkpoint=file,
    )
    assert seen == [2] * BATCHES
    assert_same_bits(on, dltcnn.cnntrain(net, x, y, options(), OctaveRandom(5), False))


def test_a_training_that_a_callback_ended_stays_ended(file):
    net, x, y = cnn_case()
    one = dltcnn.cnntrain(
        *(net, x, y, options(), OctaveRandom(5), False), checkpoint=file, callback=lambda *_: True
    )
    other = dltcnn.cnntrain(*(net, x, y, options(), OctaveRandom(5), False), checkpoint=file)
    assert len(one.rL) == 2
    assert_same_bits(one, other)


def test_a_learning_rate_per_weight_and_a_schedule_are_kept(file):
    net, x, y = cnn_case()
    keywords = {"schedule": lambda epoch, batch: 0.5**epoch, "checkpoint": file, "verbose": False}
    with pytest.raises(Killed):
        dltcnn.cnntrain(
            net,
            x,
            y,
            Opts(batchsize=4, numepochs=3),
            OctaveRandom(5),
            callback=die_at(1, 1),
            **keywords,
        )
    on = dltcnn.cnntrain(net, x, y, options(), OctaveRandom(5), **keywords)
    file.unlink()
    assert_same_bits(on, dltcnn.cnntrain(net, x, y, options(), OctaveRandom(5), **keywords))


CHANGES = {
    "alpha 0.7 (now: 0.5)": {"opts": options(alpha=0.5)},
    "batchsize 4 (now: 2)": {"opts": options(batchsize=2)},
    "2 epochs and 0 batches (now: 1)": {"opts": options(numepochs=1)},
    "stream ": {"rng": OctaveRandom(6)},
    "alpha 0.7 (now: by a schedule)": {"schedule": lambda *_: 1.0},
    "x ": {"x": cnn_case()[1] / 2},
    "y ": {"y": cnn_case()[2] / 2},
    "net ": {"net": dltcnn.cnnsetup(cnn_case()[0], *cnn_case()[1:], OctaveRandom(2))},
}


@pytest.mark.parametrize("wording", CHANGES)
def test_the_file_of_another_training_is_refused(file, wording):
    net, x, y = cnn_case()
    given = {"net": net, "x": x, "y": y, "opts": options(numepochs=2), "rng": OctaveRandom(5)}
    dltcnn.cnntrain(**given, verbose=False, checkpoint=file)
    before = file.read_bytes()
    changed = given | {"rng": OctaveRandom(5)} | CHANGES[wording]
    with pytest.raises(ValueError, match=r"is of a training with .*: remove it, or name") as error:
        dltcnn.cnntrain(**changed, verbose=False, checkpoint=file)
    assert f"with {wording}" in str(error.value)
    assert file.read_bytes() == before


def test_the_layout_of_images_in_memory_makes_no_other_training(file):
    net, x, y = cnn_case()
    dltcnn.cnntrain(net, x, y, options(), OctaveRandom(5), False, checkpoint=file)
    x = np.asfortranarray(x)
    dltcnn.cnntrain(net, x, y, options(), OctaveRandom(5), False, checkpoint=file)


@pytest.mark.parametrize("content", [b"", b"PK", b"text" * 99, "half", "other"])
def test_what_is_no_checkpoint_is_refused_and_left_alone(file, content):
    net, x, y = cnn_case()
    if content == "half":
        dltcnn.cnntrain(net, x, y, options(), OctaveRandom(5), False, checkpoint=file)
        content = file.read_bytes()[: file.stat().st_size // 2]
    if content == "other":
        np.savez(file, weights=np.ones(3))
        content = file.read_bytes()
    file.write_bytes(content)
    with pytest.raises(ValueError, match=r"cannot be read as a checkpoint .*remove it") as error:
        dltcnn.cnntrain(net, x, y, options(), OctaveRandom(5), False, checkpoint=file)
    assert str(file) in str(error.value) and file.read_bytes() == content


def test_a_file_that_cannot_be_written_is_refused_before_the_training(tmp_path):
    net, x, y = cnn_case()
    with pytest.raises(OSError, match=r"nowhere.* cannot be written .*name a file in a folder"):
        dltcnn.cnntrain(
            *(net, x, y, options(), OctaveRandom(5), False),
            checkpoint=tmp_path / "nowhere" / "file",
            callback=lambda *_: pytest.fail("a batch"),
        )


def test_the_file_before_stays_until_the_new_one_is_whole(file, monkeypatch):
    net, x, y = cnn_case()
    dltcnn.cnntrain(net, x, y, options(numepochs=1), OctaveRandom(5), False, checkpoint=file)
    before = file.read_bytes()

    def half(target, **arrays):
        target.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module.np, "savez", half)
    with pytest.raises(OSError, match="No space left"):
        dltcnn.cnntrain(net, x, y, options(), OctaveRandom(5), False, checkpoint=file)
    assert file.read_bytes() == before
    assert [*file.parent.iterdir()] == [file]


def test_who_reads_the_file_meanwhile_reads_a_whole_one(file):
    net, x, y = cnn_case()
    dltcnn.cnntrain(net, x, y, options(numepochs=1), OctaveRandom(5), False, checkpoint=file)
    before = file.read_bytes()
    with file.open("rb") as reader:
        dltcnn.cnntrain(net, x, y, options(), OctaveRandom(5), False, checkpoint=file)
        assert reader.read() == before != file.read_bytes()


def test_a_stream_without_a_state_is_refused(file):
    class Stream:
        def randperm(self, n):
            return np.arange(n)

    net, x, y = cnn_case()
    with pytest.raises(TypeError, match=r"rng is of type Stream: .* an OctaveRandom is expected"):
        dltcnn.cnntrain(net, x, y, options(), Stream(), False, checkpoint=file)


@pytest.mark.filterwarnings("ignore::dltcnn.DltWarning")
def test_a_field_that_cannot_be_kept_is_refused_by_name(file):
    net, x, y = cnn_case()
    net.layers[1].note = {1, 2}
    with pytest.raises(TypeError, match=r"net\.layers\[1\]\.note is of type set"):
        dltcnn.cnntrain(net, x, y, options(), OctaveRandom(5), False, checkpoint=file)


PROGRAM = """
import sys, dltcnn
from training.trainings import cnn_case, options
net, x, y = cnn_case()
dltcnn.cnntrain(net, x, y, options(numepochs=10**6), dltcnn.OctaveRandom(5), False,
                checkpoint=sys.argv[1], callback=lambda n, e, b: print(e, flush=True))
"""


def test_a_killed_program_leaves_a_whole_file(file):
    """Killed at any moment, here while it writes all the time."""
    child = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(file)], stdout=subprocess.PIPE, text=True
    )
    with child:
        while child.stdout.readline() != "3\n":
            pass
        child.send_signal(signal.SIGKILL)
    net, x, y = cnn_case()
    on = dltcnn.cnntrain(
        *(net, x, y, options(numepochs=10**6), OctaveRandom(5), False),
        checkpoint=file,
        callback=lambda net, epoch, batch: epoch >= 9,
    )
    whole = dltcnn.cnntrain(
        *(net, x, y, options(numepochs=10**6), OctaveRandom(5), False),
        callback=lambda net, epoch, batch: epoch >= 9,
    )
    assert_same_bits(on, whole)
