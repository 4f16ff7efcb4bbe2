"""Commands that are ended: their processes, and the folders that these hold."""

import os
import subprocess
import sys
import time
from pathlib import Path


def started(words, **options):
    """Start a command in a group of its own, as a terminal does."""
    return subprocess.Popen(
        [sys.executable, "-m", "dltparity", *map(str, words)], start_new_session=True, **options
    )


def below(pid):
    """List the processes below one."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in children] + [d for c in children for d in below(int(c))]


def is_octave(pid):
    """Tell whether a process runs Octave."""
    try:
        return b"octave" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[0]
    except OSError:
        return False


def is_there(pid):
    """Tell whether there is such a process."""
    return Path(f"/proc/{pid}").exists()


def held(pids):
    """Return the folders of sessions that processes hold: each is open as long as it is locked."""
    found = set()
    for pid in pids:
        for link in Path(f"/proc/{pid}/fd").iterdir():
            try:
                target = os.readlink(link)  # noqa: PTH115 - of a pipe it is no path
            except OSError:
                continue
            if Path(target).name.startswith("dltparity-octave-"):
                found.add(Path(target))
    return found


def until(condition, seconds=60):
    """Wait for something."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)
