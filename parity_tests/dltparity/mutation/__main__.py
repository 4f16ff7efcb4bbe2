"""``make mutation``: the port's mutation score."""

import argparse
import json
import sys
from pathlib import Path

from tqdm import tqdm

from .. import stored
from ..exit_codes import BROKEN, KEPT
from ..report import mutation as section
from . import plan
from .score import score


def main():
    """Judge, write the score, and list what survived without an excuse."""
    args = _arguments()
    known = {} if args.anew or not args.out.is_file() else json.loads(args.out.read_bytes())
    found = score(args.files, args.jobs, known, _progress, lambda it: stored.write(args.out, it))
    print(section.render(found))
    return KEPT if found["verdict"] == "pass" else BROKEN


def _arguments():
    parser = argparse.ArgumentParser(prog="python -m dltparity.mutation", description=__doc__)
    parser.add_argument("files", nargs="*", metavar="MODULE", help=f"of {', '.join(plan.FILES)}")
    parser.add_argument("--jobs", type=int, default=1, metavar="J")
    parser.add_argument(
        "--anew", action="store_true", help="judge all mutants, of unchanged modules too"
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("reports/mutation.json"),
        metavar="FILE",
        help="what is known; a module that has not changed since is not judged again",
    )
    args = parser.parse_args()
    unknown = set(args.files) - set(plan.FILES)
    if unknown:
        known = ", ".join(plan.FILES)
        parser.error(f"unknown module {', '.join(sorted(unknown))}: expected one of {known}")
    args.files = args.files or plan.FILES
    return args


def _progress(results, count, name):
    return tqdm(results, desc=name, total=count, unit="mutant", mininterval=10)


if __name__ == "__main__":
    sys.exit(main())
