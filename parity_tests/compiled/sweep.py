"""A long comparison of both engines: ``python parity_tests/compiled/sweep.py acnn 0 2000``.

Kinds: cnn, wide, acnn, large; then the first number and the end. One line per case that differs,
and one in the end; the exit code is 1 where something differed. The reasons for which the compiled
engine left cases to the line-by-line functions are counted.
"""

import argparse
import collections
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

import cases  # noqa: E402
from compare_engines import compared  # noqa: E402

from dltcnn import compiled  # noqa: E402

KINDS = {
    "cnn": cases.cnn,
    "wide": lambda number: cases.cnn(number, wide=True),
    "acnn": cases.acnn,
    "large": cases.large,
}


def sweep(kind, first, end, threads):
    """Compare cases; returns how many differed, and the reasons for what was left."""
    different, left = 0, collections.Counter()
    for number in range(first, end):
        case = KINDS[kind](number)
        left[compiled.why_not(case.net, case.x, case.y, case.opts, case.acnn)] += 1
        if found := compared(case, threads):
            different += 1
            print(f"{case.name}: {len(found)} fields differ, {found[:3]}", flush=True)
    return different, left


def main():
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("first", type=int)
    parser.add_argument("end", type=int)
    parser.add_argument("--threads", type=int, default=1)
    asked = parser.parse_args()
    if why := compiled.available():
        sys.exit(f"nothing to compare: {why}")
    different, left = sweep(asked.kind, asked.first, asked.end, asked.threads)
    covered = left.pop(None, 0)
    print(
        f"{asked.kind} {asked.first}..{asked.end}: {covered + sum(left.values())} cases, "
        f"{different} different; {covered} compiled, left to the lines: {dict(left)}"
    )
    return bool(different)


if __name__ == "__main__":
    sys.exit(main())
