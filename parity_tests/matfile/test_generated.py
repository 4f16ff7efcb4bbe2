"""Generated nets come back as they were, from files of the port and of Octave.

``DLTPARITY_FILES=5000 pytest parity_tests/matfile/test_generated.py`` tries as many; a tenth of
them live.
"""

import os

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from dltcnn import DltWarning
from dltcnn.matfile import load_net, save_net
from matfile.generated import nets

FILES = int(os.environ.get("DLTPARITY_FILES", "100"))
_AT_EASE = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    "phases": [Phase.explicit, Phase.reuse, Phase.generate],  # shrinking such nets takes minutes
}
pytestmark = pytest.mark.filterwarnings("ignore::dltcnn.DltWarning")  # fields of any name
assert issubclass(DltWarning, UserWarning)


@settings(max_examples=FILES, **_AT_EASE)
@given(net=nets())
def test_what_is_saved_is_loaded(tmp_path, net):
    save_net(tmp_path / "net.mat", net)
    assert load_net(tmp_path / "net.mat") == net


@settings(max_examples=max(FILES // 10, 1), **_AT_EASE)
@given(net=nets())
@pytest.mark.parametrize("version", ["-v6", "-v7"])
def test_what_octave_saves_comes_back_the_same_to_octave(octave, tmp_path, version, net):
    """Ours, which Octave reads and saves, which we read and save, which Octave compares."""
    names = [str(tmp_path / f"{who}.mat") for who in ("ours", "octaves", "back")]
    save_net(names[0], net)
    for name, path in zip(("ours", "octaves", "back"), names, strict=True):
        octave.give(name, path)
    octave.eval(f"load(ours); save('{version}', octaves, 'net');")
    loaded = load_net(names[1])
    assert loaded == net
    save_net(names[2], loaded)
    octave.eval(
        "theirs = load(octaves); ours = load(back); same_value(theirs.net, ours.net, 'net');"
    )
