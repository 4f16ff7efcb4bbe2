"""The promise `bit` on nets that nobody prepared."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest

from dltcnn.functions import acnntest, cnntest
from dltparity.cases.random_cnn import random_case
from dltparity.comparison.rows import compare
from dltparity.comparison.verdict import judge
from dltparity.traces.octave import octave_trace
from dltparity.traces.port import port_trace

NETS = 200
BOUND_NETS = 100
# They differ in nets with a single output.
TESTS = {"cnn": cnntest, "acnn": acnntest}
NAMES = {"cnn": "original", "acnn": "acnn"}


def test_two_hundred_random_nets_have_the_references_bits(live):
    values = special = single = 0
    for seed in range(NETS):
        case = random_case(seed)
        theirs = octave_trace(live.session, live.family, case)
        rows = compare(theirs, port_trace(case, TESTS[live.family]))
        assert not [row for row in rows if not row.same], case
        values += sum(row.values for row in rows)
        special += any(not np.isfinite(value).all() for value in theirs.values())
        single += theirs["apply.ffW"].dtype == np.float32
    assert values > 300_000
    assert special > NETS / 10
    assert single >= NETS / 3


def test_the_bound_holds_on_the_systems_blas(system_live):
    ratios = {}
    for seed in range(BOUND_NETS):
        case = random_case(seed)
        if not case.special:
            theirs = octave_trace(system_live.session, system_live.family, case)
            ours = port_trace(case, TESTS[system_live.family])
            result = judge(case, NAMES[system_live.family], "system", "bound", theirs, ours)
            assert result.verdict == "pass", (case, result.as_dict()["first_divergence"])
            ratios[seed] = max(result.ratios.values())
    assert len(ratios) > BOUND_NETS / 2
    assert 0.5 < max(ratios.values()) <= 1


DIGESTS = """
import hashlib, json
from dltcnn.functions import acnntest, cnntest
from dltparity.cases.random_cnn import random_case
from dltparity.traces.port import port_trace
from dltparity.traces.trace import digest
print(json.dumps({seed: digest(port_trace(random_case(seed))) for seed in range(40)}))
"""


def test_the_bits_do_not_depend_on_numpys_vector_code():
    found = np.show_config(mode="dicts")["SIMD Extensions"].get("found", [])
    if not found:
        pytest.skip("numpy uses no vector extension beyond its baseline on this machine")
    here, without = (
        json.loads(
            subprocess.run(
                [sys.executable, "-c", DIGESTS],
                env=os.environ | extra,
                check=True,
                capture_output=True,
                text=True,
            ).stdout
        )
        for extra in ({}, {"NPY_DISABLE_CPU_FEATURES": " ".join(found)})
    )
    assert here == without
    assert len(set(here.values())) == 40
