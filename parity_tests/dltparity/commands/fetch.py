"""dltparity fetch."""

from ..exit_codes import KEPT
from ..original.cache import fetch

ORDER = 20
SUMMARY = "put the original's files into the cache"
EXAMPLES = (
    "dltparity fetch",
    "dltparity fetch --from ../DeepLearnToolbox",
)


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
    folder = str(fetch(args.source))
    args.say.result({"schema": 1, "folder": folder})
    print(f"verified and kept in {folder}")
    return KEPT
