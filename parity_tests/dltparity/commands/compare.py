"""dltparity compare."""

from pathlib import Path

from ..comparing import compare_files
from ..comparison.by_stage import number
from ..exit_codes import BROKEN, KEPT

ORDER = 150
SUMMARY = "compare the variables of two .mat files, value by value"
EXAMPLES = (
    "dltparity compare a.mat b.mat",
    "dltparity compare a.mat b.mat --name net --json",
)


def arguments(parser):
    """Declare the options."""
    parser.add_argument("first", type=Path, metavar="A.mat", help="what it should be")
    parser.add_argument("second", type=Path, metavar="B.mat", help="what it is")
    parser.add_argument("--name", metavar="VAR", help="the variable (default: all)")


def command(args):
    """Compare and say what differs."""
    found = compare_files(args.first, args.second, args.name)
    args.say.result({"schema": 1, "same": found.same, "fields": [_row(row) for row in found.rows]})
    args.say.line(f"{found!r}")
    return KEPT if found.same else BROKEN


def _row(row):
    figures = {"max_abs": number(row.max_abs), "max_ulp_of_scale": number(row.max_ulp_of_scale)}
    return {**vars(row), **figures, "same": row.same}
