"""A recording brings back every class, size and bit, and a changed bit shows wherever it is."""

import numpy as np
import pytest

from both_sides.functions import unlike
from dltparity.comparison.rows import compare
from dltparity.errors import RequestError
from dltparity.traces import recording
from dltparity.traces.recording import Digest
from dltparity.traces.trace import digest

TRACE = {
    "ff.layers{1}.a{1}": unlike(8, 9, 20),
    "ff.o": unlike(10, 4).astype(np.float32),
    "ff.fv": np.array([[np.nan, -0.0, np.inf]]),
    "bp.layers{2}.d{1}": unlike(7, 7, 30).astype(np.float32),
    "train.ffW": unlike(10, 40, 5),
    "trained.ffW": unlike(10, 80),
    "trained.rL": unlike(1, 700),
    "setup.layers{2}.u{1}": np.array([[True, False]]),
    "test.bad": np.zeros((0, 0)),
}


@pytest.fixture
def kept(tmp_path):
    """The trace, saved and loaded."""
    recording.save(tmp_path / "case.npz", TRACE, {"cpu": "some"})
    trace, provenance = recording.load(tmp_path / "case.npz")
    assert provenance == {"cpu": "some"}
    assert [path.name for path in tmp_path.iterdir()] == ["case.npz"]
    return trace


def test_small_fields_come_back_as_they_were(kept):
    whole = {field: value for field, value in kept.items() if isinstance(value, np.ndarray)}
    assert digest(whole) == digest({field: TRACE[field] for field in whole})
    digested = set(TRACE) - set(whole)
    assert digested == {"ff.layers{1}.a{1}", "bp.layers{2}.d{1}", "train.ffW"}


def test_a_trace_is_the_same_as_its_recording(kept):
    rows = compare(kept, TRACE)
    assert all(row.same for row in rows)
    assert sum(row.values for row in rows) == sum(value.size for value in TRACE.values())


@pytest.mark.parametrize("field", sorted(set(TRACE) - {"test.bad", "setup.layers{2}.u{1}"}))
@pytest.mark.parametrize("place", [0, 1, -2, -1])
def test_a_changed_bit_shows_inside_and_outside_the_sample(kept, field, place):
    value = TRACE[field].copy()
    flat = value.reshape(-1)
    flat[place] = 7.0 if np.isnan(flat[place]) else -flat[place]
    rows = {row.field: row for row in compare(kept, TRACE | {field: value})}
    assert rows[field].different == 1
    assert all(row.same for row in rows.values() if row.field != field)


def test_a_sampled_difference_has_its_index_and_both_values(kept):
    value = TRACE["ff.layers{1}.a{1}"].copy()
    value[7, 8, 19] = 2
    row = next(row for row in compare(kept, TRACE | {"ff.layers{1}.a{1}": value}) if not row.same)
    assert row.index == (8, 9, 20)
    assert row.port == "0x1.0000000000000p+1"
    assert row.reference == float(TRACE["ff.layers{1}.a{1}"][7, 8, 19]).hex()


@pytest.mark.parametrize("change", [lambda v: v.astype(np.float32), lambda v: v[:-1]])
def test_classes_and_sizes_are_strict(kept, change):
    changed = change(TRACE["ff.layers{1}.a{1}"])
    rows = compare(kept, TRACE | {"ff.layers{1}.a{1}": changed})
    assert [row.field for row in rows if row.problem] == ["ff.layers{1}.a{1}"]


def test_the_weights_before_the_last_batch_are_kept_whole(kept):
    sample = kept["train.ffW"]
    assert isinstance(sample, Digest)
    last = sample.sample[-400:].reshape((10, 40), order="F")
    assert np.array_equal(last, TRACE["train.ffW"][:, :, -1])


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive", b"text"])
def test_other_files_are_refused(tmp_path, content):
    path = tmp_path / "case.npz"
    path.write_bytes(content)
    with pytest.raises(RequestError, match=r"case.npz cannot be read as a recording"):
        recording.load(path)


@pytest.mark.parametrize("keep", [0.2, 0.6, 0.999])
def test_a_recording_cut_short_is_refused(tmp_path, keep):
    path = tmp_path / "case.npz"
    recording.save(path, TRACE, {})
    content = path.read_bytes()
    path.write_bytes(content[: int(keep * len(content))])
    with pytest.raises(RequestError, match=r"case.npz cannot be read as a recording"):
        recording.load(path)


def test_wrong_bits_never_end_in_a_traceback(tmp_path):
    path, rng = tmp_path / "case.npz", np.random.default_rng(0)
    recording.save(path, TRACE, {})
    content, refused = path.read_bytes(), 0
    for _ in range(200):
        wrong = bytearray(content)
        wrong[rng.integers(len(wrong))] ^= 1 << rng.integers(8)
        path.write_bytes(wrong)
        try:
            recording.load(path)
        except RequestError:
            refused += 1
    assert refused > 150  # the others are in what nobody reads


def test_an_archive_of_something_else_is_refused(tmp_path):
    np.savez(tmp_path / "case.npz", x=np.ones(3))
    with pytest.raises(RequestError, match="make it anew with dltparity record"):
        recording.load(tmp_path / "case.npz")
