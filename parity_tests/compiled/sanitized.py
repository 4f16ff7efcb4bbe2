"""The compiled engine on drawn nets under the sanitizers of addresses and of undefined behaviour.

``python parity_tests/compiled/sanitized.py --seconds 120`` compiles it for them, with red zones in
its workspace (see `guarded`), and compares net after net with the line-by-line functions, each
build in turn, until the time is over. The exit code is 1 where a net differs, another where the
sanitizers end it.
"""

import argparse
import itertools
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

import guarded  # noqa: E402

from dltcnn.compiled import build, library  # noqa: E402
from dltparity.engines import campaign  # noqa: E402


def compare(path, first, seconds):
    """Compare nets with a library until the time is over; returns how many, and the failing one."""
    library.LIBRARY, library.SOURCES = Path(path), Path("none")
    if not guarded.guard():
        raise SystemExit("no sanitizer is loaded")
    here = library.runnable(library._library()[0])
    end = time.monotonic() + seconds
    for number in itertools.count(first):
        os.environ[library.CHOICE] = here[number // len(campaign.KINDS) % len(here)]
        found = campaign.one(number)
        if found["different"]:
            return number - first + 1, found
        if time.monotonic() >= end:
            return number - first + 1, None


def run(path, first, seconds):
    """Compare in a process of its own, which a sanitizer may end; returns its exit code."""
    command = [sys.executable, __file__, "--library", str(path)]
    command += ["--first", str(first), "--seconds", str(seconds)]
    return subprocess.run(command, env=guarded.environment()).returncode


def main():
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--library", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if not asked.library:
        with tempfile.TemporaryDirectory() as folder:
            made = build.build(Path(folder) / "engine.so", ("-O0", *guarded.FLAGS))
            return run(made, asked.first, asked.seconds)
    nets, failing = compare(asked.library, asked.first, asked.seconds)
    print(f"{nets} nets under the sanitizers, {failing or 'none'} different")
    return bool(failing)


if __name__ == "__main__":
    sys.exit(main())
