"""Options that several commands have, and how far a command has come."""

import argparse
import sys
import time
from fnmatch import fnmatch
from pathlib import Path

from tqdm import tqdm

from ..cases import files
from ..cases.standard import standard
from ..errors import RequestError

REPORTS = Path("reports")
_EVERY = 10  # seconds between two lines of progress


def case_options(parser):
    """Declare the options that choose cases."""
    parser.add_argument(
        "--case",
        metavar="PATTERN",
        action="append",
        help="only cases of this name, e.g. 'scale-*'; may be given several times",
    )
    parser.add_argument(
        "--case-file", metavar="PATH", help="only this case, which dltparity sweep has kept"
    )
    parser.add_argument(
        "--data",
        metavar="PATH",
        help="adds the toolbox's example on MNIST: mnist_uint8.mat or a folder with IDX files",
    )


def chosen(args):
    """Return the cases that the options name.

    Raises
    ------
    RequestError
        If a pattern names none.
    """
    if args.case_file:
        return [files.load(args.case_file)]
    cases = standard(args.data)
    for pattern in args.case or ():
        if not any(fnmatch(case.name, pattern) for case in cases):
            raise RequestError(
                f"no case matches {pattern!r}: dltparity list names them all, e.g. {cases[0].name}"
            )
    return [case for case in cases if any(fnmatch(case.name, p) for p in args.case or "*")]


def loaded(args):
    """Return the cases, real images read: what is missing is refused before any work is done."""
    cases = chosen(args)
    for case in cases:
        if case.source != "random":
            _ = case.x
    return cases


def reports_option(parser):
    """Declare the folder that reports are written to."""
    parser.add_argument(
        "--out",
        type=Path,
        default=REPORTS,
        metavar="DIR",
        help=f"where the report goes (default: {REPORTS})",
    )


def junit_option(parser):
    """Declare the file that CI servers read."""
    parser.add_argument(
        "--junit", type=Path, metavar="FILE", help="also write the result as JUnit's XML, for CI"
    )


def unless_quiet(args, shown):
    """Return what shows how far a command has come; with --quiet, what does not."""
    return (lambda items, *_, **__: items) if args.say.quiet else shown


def count(text):
    """Read a whole number of at least 1, as the type of an argument."""
    return _whole(text, 1)


def seed(text):
    """Read a whole number of at least 0, as the type of an argument."""
    return _whole(text, 0)


def _whole(text, least):
    if not (text.isascii() and text.isdigit()) or int(text) < least:
        raise argparse.ArgumentTypeError(f"got {text!r}, expected a whole number from {least} on")
    return int(text)


def progress(cases):
    """Yield from `cases`; show a bar on a terminal, a line per case elsewhere."""
    if sys.stderr.isatty():
        with tqdm(cases, unit="case") as bar:
            for case in bar:
                bar.set_postfix_str(case.name)
                yield case
    else:
        for number, case in enumerate(cases, 1):
            print(f"[{number}/{len(cases)}] {case.name}", flush=True)
            yield case


def rates(results, count, before, unit):
    """Yield results; show rate and time left: a bar on a terminal, a line now and then elsewhere.

    Parameters
    ----------
    results : iterable
        The results.
    count, before : int
        How many there will be, and how many there were before.
    unit : str
        What a result is of.
    """
    if sys.stderr.isatty():
        yield from tqdm(results, unit=unit, total=before + count, initial=before)
        return
    begin = last = time.monotonic()
    for done, result in enumerate(results, 1):
        yield result
        now = time.monotonic()
        if now - last >= _EVERY or done == count:
            last, rate = now, done / (now - begin)
            left = (count - done) / rate
            print(
                f"[{before + done}/{before + count}] {rate:.2f} {unit}s/s, {left:.0f} s left",
                flush=True,
            )
