"""What looks for faults in the C: the sanitizers' run, and the excuses of planted faults."""

import guarded
import mutants
import pytest
import sanitized

# Part of the line, what stands there and what replaces it.
_TOO_FAR = (
    ("lanes[first + i] = m[i];", "<", "<="),  # one vector too many, beyond the images
    ("delta_margin(s) + V);", " + ", " - "),  # no room for the last vector: into the next image
)


def code(fault, folder):
    variant, extra, _ = next(j for j in mutants.judges() if j[1][1:] == guarded.FLAGS)
    return sanitized.run(mutants.planted(fault, folder / "c", variant, extra), 0, 5)


def test_the_sanitizers_find_nothing_in_the_engine(tmp_path):
    assert code(mutants._NONE, tmp_path) == 0


@pytest.mark.parametrize(("line", "old", "new"), _TOO_FAR)
def test_the_sanitizers_find_what_reaches_too_far(tmp_path, line, old, new):
    *_, fault = (s for s in mutants.sites() if line in s[4] and (old, new) == s[2:4])
    assert code(fault, tmp_path) != 0


def test_every_excuse_is_that_of_a_fault():
    sites = mutants.sites()
    for text, old, new, why in mutants.EXCUSED:
        assert any(text in s[4] and (old, new) == s[2:4] for s in sites), (text, why)
    assert sum(mutants.excuse(site) is not None for site in sites) < len(sites) / 20
