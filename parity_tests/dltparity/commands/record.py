"""dltparity record."""

from pathlib import Path

from ..exit_codes import KEPT
from ..traces import record
from . import choice
from .progress import progress

SUMMARY = "record what the original returns"


def arguments(parser):
    """Declare the options."""
    choice.arguments(parser)
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="default: the recordings of this checkout"
    )


def command(args):
    """Record and name the files."""
    for path in record.record(choice.loaded(args), args.out, progress):
        print(path)
    return KEPT
