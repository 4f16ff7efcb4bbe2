"""dltparity fetch."""

from ..exit_codes import KEPT
from ..original.cache import fetch

ORDER = 20
SUMMARY = "put the original's files into the cache"


def arguments(parser):
    """Declare the options."""
    parser.add_argument(
        "--from",
        dest="source",
        metavar="SOURCE",
        help="a git URL, a git folder or a plain folder (default: the public repository)",
    )


def command(args):
    """Fetch and say where the files are."""
    print(f"verified and kept in {fetch(args.source)}")
    return KEPT
