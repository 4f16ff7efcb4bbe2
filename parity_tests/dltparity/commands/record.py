"""dltparity record."""

from pathlib import Path

from ..exit_codes import KEPT
from ..traces.record import record
from .options import case_options, loaded, progress

ORDER = 30
SUMMARY = "record what the original returns"


def arguments(parser):
    """Declare the options."""
    case_options(parser)
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="default: the recordings of this checkout"
    )


def command(args):
    """Record and name the files."""
    for path in record(loaded(args), args.out, progress):
        print(path)
    return KEPT
