"""dltparity record."""

from pathlib import Path

from ..exit_codes import KEPT
from ..traces.record import record
from .options import case_options, loaded, progress, unless_quiet

ORDER = 30
SUMMARY = "record what the original returns"
EXAMPLES = ("dltparity record --case kernel-1 --out recordings",)


def arguments(parser):
    """Declare the options."""
    case_options(parser)
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="default: the recordings of this checkout"
    )


def command(args):
    """Record and name the files."""
    files = [str(path) for path in record(loaded(args), args.out, unless_quiet(args, progress))]
    args.say.result({"schema": 1, "files": files})
    print("\n".join(files))
    return KEPT
