"""dltparity demo."""

from importlib import import_module

from ..demo import combinations
from ..errors import RequestError
from ..exit_codes import BROKEN, KEPT
from ..files import check_writable
from .options import progress, reports_option, unless_quiet

ORDER = 90
SUMMARY = "show on real images what a part of the network does"
EXAMPLES = (
    "dltparity demo combinations",
    "dltparity demo combinations --seeds 2 --first 10 --out pictures",
)

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
        default=combinations.ENOUGH,
        metavar="N",
        help="how many splits into training and test set (default: 5)",
    )
    parser.add_argument(
        "--first",
        type=int,
        default=combinations.FRESH,
        metavar="S",
        help="number of the first split (default: 5; the settings were chosen on 0 to 2)",
    )
    reports_option(parser)


def command(args):
    """Train, draw the picture and say what it shows."""
    if args.seeds < 1:
        raise RequestError(f"--seeds {args.seeds} was given: expected at least 1")
    if args.first < 0:
        raise RequestError(f"--first {args.first} was given: expected at least 0")
    check_writable(args.out)
    for package in PACKAGES:  # rather than after minutes of training
        import_module(package)
    content = combinations.gather(args.seeds, args.first, unless_quiet(args, progress))
    path = args.out / PICTURE
    combinations.picture(content, path)
    args.say.result(content)
    print(combinations.paragraph(content))
    print(f"\nDigits that are wrong:\n\n{combinations.table(content)}\n")
    print(f"The weights of split {content['splits'][0]}: {path}")
    if len(content["splits"]) < combinations.ENOUGH:
        print(f"not judged: test errors, which take {combinations.ENOUGH} splits")
    for sentence in content["broken"]:
        args.say.line(f"FAIL: {sentence}")
    if not content["broken"]:
        args.say.line("PASS: combinations")
    return BROKEN if content["broken"] else KEPT
