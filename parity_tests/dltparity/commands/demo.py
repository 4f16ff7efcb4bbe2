"""dltparity demo."""

from importlib import import_module
from pathlib import Path

from .. import report
from ..demo import combinations as demo_combinations
from ..errors import RequestError
from ..exit_codes import BROKEN, KEPT
from .progress import progress

SUMMARY = "show what a part of the network does, on real images"

PICTURE = "combinations.png"
PACKAGES = ("matplotlib",)


def arguments(parser):
    """Declare the options."""
    parser.add_argument(
        "what",
        choices=["combinations"],
        help="combinations: the penalties on learned combinations of maps, on real digits",
    )
    parser.add_argument(
        "--seeds",
        type=int,
        default=5,
        metavar="N",
        help="how many splits into training and test set (default: 5)",
    )
    parser.add_argument(
        "--first",
        type=int,
        default=demo_combinations.FRESH,
        metavar="S",
        help="number of the first split (default: 5; rate, length and λ were chosen on 0 to 2)",
    )
    parser.add_argument(
        "--out", type=Path, default=Path("reports"), metavar="DIR", help="default: reports"
    )


def command(args):
    """Train, draw the picture and say what it shows."""
    if args.seeds < 1:
        raise RequestError(f"--seeds {args.seeds} was given: expected at least 1")
    if args.first < 0:
        raise RequestError(f"--first {args.first} was given: expected at least 0")
    report.check_writable(args.out)
    for package in PACKAGES:  # rather than after minutes of training
        import_module(package)
    content = demo_combinations.gather(args.seeds, args.first, progress)
    path = args.out / PICTURE
    demo_combinations.picture(content, path)
    print(demo_combinations.paragraph(content))
    print(f"\nDigits that are wrong:\n\n{demo_combinations.table(content)}\n")
    print(f"The weights of split {content['splits'][0]}: {path}")
    for words in content["broken"]:
        print(f"FAIL: {words}")
    return BROKEN if content["broken"] else KEPT
