"""``make mutation``: the port's mutation score."""

import argparse
import json
import sys
from pathlib import Path

from tqdm import tqdm

from dltparity.commands.options import count
from dltparity.errors import RequestError
from dltparity.exit_codes import BROKEN, KEPT, WRONG_REQUEST
from dltparity.files import check_writable, write_json
from dltparity.report.mutation import render
from dltparity.seal import opened, sealed

from . import plan
from .score import score


def main(argv=None):
    """Judge, write the score, and list what survived without an excuse."""
    args = _arguments(argv)
    try:
        return _judge(args)
    except RequestError as error:
        print(f"mutation: {error}", file=sys.stderr)
        return WRONG_REQUEST


def _judge(args):
    known = {} if args.anew or not args.out.exists() else _known(args.out)
    check_writable(args.out.parent)

    def keep(found):
        write_json(args.out, sealed(found), "--out")

    found = score(args.files, args.jobs, known, _progress, keep, args.by)
    print(render(found))
    return KEPT if found["verdict"] == "pass" else BROKEN


def _known(path):
    """Read what an earlier run kept."""
    try:
        known = opened(json.loads(path.read_text(encoding="utf-8")))
        needed = {"file", "source", "depends_on", "mutants", "found", "left"}
        if all(needed <= entry.keys() for entry in known["files"]):
            return known
        problem = "a module's entry is not complete"
    except OSError as error:
        problem = error.strerror
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        problem = "it is damaged, or of an earlier version"
    raise RequestError(
        f"{path} cannot be read ({problem}): remove it, name another file with --out, or judge all "
        "mutants with --anew"
    )


def _arguments(argv):
    parser = argparse.ArgumentParser(prog="python -m mutation", description=__doc__)
    parser.add_argument("files", nargs="*", metavar="MODULE", help=f"of {', '.join(plan.FILES)}")
    parser.add_argument(
        "--by",
        choices=plan.KINDS,
        default="tests",
        help="who judges: all tests, the oracles of the equations alone (mutants of acnn*), or the "
        "recordings of the standard cases alone (of cnn*) (default: tests)",
    )
    parser.add_argument("--jobs", type=count, default=1, metavar="J")
    parser.add_argument(
        "--anew", action="store_true", help="judge all mutants, even where nothing has changed"
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help="what is known; where nothing has changed since, modules are not judged again",
    )
    args = parser.parse_args(argv)
    files = plan.KINDS[args.by]
    unknown = set(args.files) - set(files)
    if unknown:
        known = ", ".join(files)
        parser.error(f"unknown module {', '.join(sorted(unknown))}: expected one of {known}")
    args.files = args.files or files
    suffix = "" if args.by == "tests" else f"-{args.by}"
    args.out = args.out or Path(f"reports/mutation{suffix}.json")
    return args


def _progress(results, count, name):
    return tqdm(results, desc=name, total=count, unit="mutant", mininterval=10)


if __name__ == "__main__":
    sys.exit(main())
