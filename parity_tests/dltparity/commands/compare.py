"""dltparity compare."""

import json
from pathlib import Path

from ..comparing import compare_files
from ..exit_codes import BROKEN, KEPT

ORDER = 150
SUMMARY = "compare the variables of two .mat files, value by value"


def arguments(parser):
    """Declare the options."""
    parser.add_argument("first", type=Path, metavar="A.mat")
    parser.add_argument("second", type=Path, metavar="B.mat")
    parser.add_argument("--name", metavar="VAR", help="the variable (default: all)")
    parser.add_argument("--json", action="store_true", help="every field, as JSON")


def command(args):
    """Compare and say what differs."""
    found = compare_files(args.first, args.second, args.name)
    if args.json:
        rows = [{**vars(row), "same": row.same} for row in found.rows]
        print(json.dumps({"schema": 1, "same": found.same, "fields": rows}, indent=1, default=str))
    else:
        print(found)
    return KEPT if found.same else BROKEN
