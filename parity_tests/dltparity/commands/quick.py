"""dltparity quick."""

from ..checks.fast_accuracy import gather
from ..errors import RequestError
from ..exit_codes import BROKEN, KEPT
from ..report.fast_accuracy import render
from .options import progress

ORDER = 100
SUMMARY = "check that the quick engine's errors are as small as the line-by-line port's"


def arguments(parser):
    """Declare the options."""
    parser.add_argument(
        "--nets", type=int, default=500, metavar="N", help="random nets (default: 500)"
    )
    parser.add_argument(
        "--data",
        default="digits",
        metavar="PATH",
        help="train the epoch on MNIST: mnist_uint8.mat or a folder with IDX files "
        "(default: the library's digits)",
    )


def command(args):
    """Judge and print."""
    if args.nets < 0:
        raise RequestError(f"--nets {args.nets} was given: expected 0 or more")
    content = gather(args.nets, args.data, progress)
    print(render(content))
    return KEPT if content["verdict"] == "pass" else BROKEN
