"""What looks for faults in the C: the sanitizers' run, and the excuses of planted faults."""

import guarded
import mutants
import sanitized

_TOO_FAR = "lanes[first + i] = m[i];"  # one vector too many, beyond the images


def test_the_sanitizers_find_what_reaches_too_far(tmp_path):
    def code(fault, name):
        variant, extra, _ = next(j for j in mutants.judges() if j[1][1:] == guarded.FLAGS)
        library = mutants.planted(fault, tmp_path / name, variant, extra)
        return sanitized.run(library, 0, 5)

    fault = next(s for s in mutants.sites() if _TOO_FAR in s[4] and s[3] == "<=" and "&&" in s[4])
    assert code(mutants._NONE, "whole") == 0
    assert code(fault, "broken") != 0


def test_every_excuse_is_that_of_a_fault():
    sites = mutants.sites()
    for text, old, new, why in mutants.EXCUSED:
        assert any(text in s[4] and (old, new) == s[2:4] for s in sites), (text, why)
    assert sum(mutants.excuse(site) is not None for site in sites) < len(sites) / 20
