"""The compiled engine in the training loop: engine="auto"."""

import nets
import numpy as np
from never_by_lines import never_by_lines

from dltcnn import OctaveRandom, functions
from dltparity.engines.same import differences


def test_a_schedule_and_threads_leave_the_bits_alone():
    net, x, y, opts = nets.cnn(images=8)

    def schedule(epoch, batch):
        return 1 / (1 + epoch + batch)

    arguments = net, x, y, opts
    expected = functions.cnntrain(*arguments, OctaveRandom(1), False, schedule=schedule)
    with never_by_lines():
        got = functions.cnntrain(
            *arguments, OctaveRandom(1), False, schedule=schedule, engine="auto", threads=2
        )
    assert not differences(expected, got)


def test_a_callback_sees_the_weights_of_each_batch():
    net, x, y, opts = nets.acnn()
    seen = {"lines": [], "auto": []}
    for engine, found in seen.items():
        functions.acnntrain(
            *(net, x, y, opts, OctaveRandom(1), False),
            callback=lambda net, *_, found=found: found.append((net.ffW, net.layers[3].c)),
            engine=engine,
        )
    assert len(seen["auto"]) == 6
    for expected, got in zip(seen["lines"], seen["auto"], strict=True):
        assert all(np.array_equal(a, b) for a, b in zip(expected, got, strict=True))
