"""Ctrl-C: the batch is ended, and the training goes on to the bits of one never interrupted."""

import os
import pickle
import signal
import threading

import numpy as np
import pytest

import dltcnn
from dltcnn import OctaveRandom, TrainingInterrupted
from training.trainings import BATCHES, EPOCHS, acnn_case, assert_same_bits, cnn_case, options

CASES = {
    "lines": (dltcnn.cnntrain, cnn_case, {"engine": "lines"}),
    "compiled": (dltcnn.cnntrain, cnn_case, {"engine": "compiled"}),
    "threads": (dltcnn.cnntrain, cnn_case, {"threads": 2}),
    "acnn": (dltcnn.acnntrain, acnn_case, {}),
    "acnn, lines": (dltcnn.acnntrain, acnn_case, {"engine": "lines"}),
    "single": (dltcnn.cnntrain, lambda: cnn_case(np.float32), {}),
}


def press(times=1):
    for _ in range(times):
        os.kill(os.getpid(), signal.SIGINT)


def interrupt_at(*places):
    """A callback that presses Ctrl-C after these batches."""

    def callback(net, epoch, batch):
        if (epoch, batch) in places:
            press()

    return callback


@pytest.mark.parametrize("place", [(0, 0), (1, 1), (1, BATCHES - 1), (EPOCHS - 1, BATCHES - 1)])
@pytest.mark.parametrize("case", CASES)
def test_an_interrupted_training_goes_on_to_the_same_bits(case, place, capsys):
    train, given, keywords = CASES[case]
    net, x, y = given()
    rng, whole_rng = OctaveRandom(5), OctaveRandom(5)
    whole = train(net, x, y, options(), whole_rng, False, **keywords)
    with pytest.raises(TrainingInterrupted) as caught:
        train(net, x, y, options(), rng, False, callback=interrupt_at(place), **keywords)
    assert "ending with this batch" in capsys.readouterr().err
    stopped = caught.value
    assert len(stopped.net.rL) == place[0] * BATCHES + place[1] + 2
    assert f"batch {place[1] + 1}/3 of epoch {place[0] + 1}/3" in str(stopped)
    assert stopped.rng is rng
    on = train(stopped.net, x, y, stopped.opts, stopped.rng, False, **keywords)
    assert_same_bits(on, whole)
    assert (rng.state == whole_rng.state).all()


@pytest.mark.parametrize(("began", "goes_on"), [("lines", "compiled"), ("compiled", "lines")])
def test_another_engine_may_go_on(began, goes_on):
    net, x, y = cnn_case()
    whole = dltcnn.cnntrain(net, x, y, options(), OctaveRandom(5), False)
    with pytest.raises(TrainingInterrupted) as caught:
        dltcnn.cnntrain(
            *(net, x, y, options(), OctaveRandom(5), False),
            callback=interrupt_at((0, 1)),
            engine=began,
        )
    stopped = caught.value
    on = dltcnn.cnntrain(stopped.net, x, y, stopped.opts, stopped.rng, False, engine=goes_on)
    assert_same_bits(on, whole)


def test_without_a_callback_the_net_has_all_fields_of_its_last_batch_too():
    nets = []
    for engine in ("lines", "compiled"):
        net, x, y = cnn_case()
        with pytest.raises(TrainingInterrupted) as caught:
            dltcnn.cnntrain(
                *(net, x, y, options(), OctaveRandom(5), False),
                schedule=lambda epoch, batch: (press() if (epoch, batch) == (1, 0) else None, 1)[1],
                engine=engine,
            )
        nets.append(caught.value.net)
    assert_same_bits(*nets)


def test_it_can_be_interrupted_again_and_again_and_pickled():
    net, x, y = cnn_case()
    whole = dltcnn.cnntrain(net, x, y, options(), OctaveRandom(5), False)
    opts, rng = options(), OctaveRandom(5)
    for place in [(e, b) for e in range(EPOCHS) for b in range(BATCHES)]:
        with pytest.raises(TrainingInterrupted) as caught:
            dltcnn.cnntrain(net, x, y, opts, rng, False, callback=interrupt_at(place))
        stopped = pickle.loads(pickle.dumps(caught.value))
        assert str(stopped) == str(caught.value)
        net, opts, rng = stopped.net, stopped.opts, stopped.rng
    assert_same_bits(dltcnn.cnntrain(net, x, y, opts, rng, False), whole)


def test_the_net_of_an_interruption_is_a_net():
    net, x, y = cnn_case()
    with pytest.raises(KeyboardInterrupt) as caught:
        dltcnn.cnntrain(net, x, y, options(), OctaveRandom(5), False, callback=interrupt_at((0, 1)))
    er, _ = dltcnn.cnntest(caught.value.net, x, y)
    assert 0 <= er <= 1
    assert vars(options()).items() <= vars(caught.value.opts).items()


def test_a_second_ctrl_c_ends_at_once(capsys):
    net, x, y = cnn_case()
    seen = []

    def callback(net, epoch, batch):
        seen.append(batch)
        press(2)

    with pytest.raises(KeyboardInterrupt) as caught:
        dltcnn.cnntrain(net, x, y, options(), OctaveRandom(5), False, callback=callback)
    assert not isinstance(caught.value, TrainingInterrupted) and seen == [0]


def test_the_handler_is_there_for_the_training_only():
    net, x, y = cnn_case()
    inside = []
    dltcnn.cnntrain(
        *(net, x, y, options(), OctaveRandom(5), False),
        callback=lambda *_: inside.append(signal.getsignal(signal.SIGINT)),
    )
    assert inside[0] is not signal.default_int_handler
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    with pytest.raises(ZeroDivisionError):
        dltcnn.cnntrain(net, x, y, options(), OctaveRandom(5), False, callback=lambda *_: 1 / 0)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_programs_own_handler_stays():
    def handler(*_):
        raise AssertionError

    before = signal.signal(signal.SIGINT, handler)
    try:
        net, x, y = cnn_case()
        inside = []
        dltcnn.cnntrain(
            *(net, x, y, options(), OctaveRandom(5), False),
            callback=lambda *_: inside.append(signal.getsignal(signal.SIGINT)),
        )
        assert set(inside) == {handler}
    finally:
        signal.signal(signal.SIGINT, before)


def test_another_thread_than_the_main_one_trains_too():
    net, x, y = cnn_case()
    nets = []
    thread = threading.Thread(
        target=lambda: nets.append(
            dltcnn.cnntrain(net, x, y, options(), OctaveRandom(5), verbose=False)
        )
    )
    thread.start()
    thread.join()
    assert_same_bits(nets[0], dltcnn.cnntrain(net, x, y, options(), OctaveRandom(5), verbose=False))


@pytest.mark.parametrize("change", ["images", "batchsize"])
def test_going_on_with_other_images_or_batches_is_refused(change):
    net, x, y = cnn_case()
    with pytest.raises(TrainingInterrupted) as caught:
        dltcnn.cnntrain(net, x, y, options(), OctaveRandom(5), False, callback=interrupt_at((0, 1)))
    opts = caught.value.opts
    if change == "images":
        x, y = np.tile(x, 2), np.tile(y, 2)
    else:
        opts.batchsize = 6
    with pytest.raises(ValueError, match="in an epoch of 12 images in batches of 4, and "):
        dltcnn.cnntrain(caught.value.net, x, y, opts, caught.value.rng, False)
