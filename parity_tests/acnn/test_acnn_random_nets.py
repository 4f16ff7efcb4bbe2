"""The promise `bit` for the acnn functions, on nets that nobody prepared."""

from collections import Counter

import numpy as np

from dltparity.cases.random_acnn import FEATURES, features, random_acnn
from dltparity.comparison.acnn_rows import compare_acnn
from dltparity.traces.acnn import octave_trace, port_trace

NETS = 200


def test_two_hundred_random_nets_have_the_references_bits(acnn_session):
    values, seen = 0, Counter()
    for seed in range(NETS):
        case = random_acnn(seed)
        theirs = octave_trace(acnn_session, case)
        rows = compare_acnn(theirs, port_trace(case)).values()
        assert rows, "nothing was compared"
        assert not [row for row in rows if not row.same], case
        values += sum(row.values for row in rows)
        seen.update(features(case))
        single = theirs["step3.ffW"].dtype == np.float32
        assert single == ("single" in features(case))
    assert values > 2_000_000
    assert seen["single"] >= NETS / 4
    assert set(seen) == FEATURES
    rare = {feature: count for feature, count in seen.items() if count < NETS / 40}
    assert not rare
