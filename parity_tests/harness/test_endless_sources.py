"""Files without an end are refused in a sentence, wherever a command reads one."""

import os
import subprocess
import sys

import pytest

SECONDS = 60  # for what refuses at once: a command that waits for a pipe would wait for ever

READING = {
    "a case file": ["run", "--case-file", "PIPE"],
    "a recorded case file": ["record", "--case-file", "PIPE"],
    "variables to compare": ["compare", "PIPE", "PIPE"],
    "a net": ["verify", "PIPE"],
    "data of a net": ["verify", "NET", "--data", "PIPE"],
    "options of a net": ["verify", "NET", "--opts", "PIPE"],
    "pairs": ["pair", "PIPE"],
    "images": ["run", "--data", "PIPE"],
    "images to train on": ["mnist", "--data", "PIPE"],
    "the original": ["fetch", "--from", "PIPE"],
}


@pytest.fixture
def net(tmp_path):
    from both_sides.functions import images, net_of
    from dltcnn.matfile import save_net

    path = tmp_path / "net.mat"
    save_net(path, net_of("2c3-2s", *images(8, 8, 4)))
    return path


@pytest.mark.parametrize("kind", ["pipe", "device"])
@pytest.mark.parametrize("what", READING)
def test_a_command_does_not_wait_for_a_file_that_has_no_end(what, kind, net, tmp_path):
    path = tmp_path / "endless"
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero")
    words = [{"PIPE": str(path), "NET": str(net)}.get(word, word) for word in READING[what]]
    done = subprocess.run(
        [sys.executable, "-m", "dltparity", *words],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    assert done.returncode == 2, done.stderr
    assert str(path) in done.stderr and done.stderr.count("\n") == 1


def test_a_pipe_in_place_of_a_report_holds_nothing(tmp_path):
    os.mkfifo(tmp_path / "parity.json")
    code = "from dltparity.parity_report import lacks; from pathlib import Path; "
    code += "assert lacks({'cases': []}, Path('parity.json')) == ''"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, timeout=SECONDS)
    assert done.returncode == 0
