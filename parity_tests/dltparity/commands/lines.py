"""dltparity lines."""

from ..cases.standard import standard
from ..errors import RequestError
from ..exit_codes import BROKEN, KEPT
from ..lines.section import gather
from ..report.lines import render

ORDER = 50
SUMMARY = "compare a function line by line: each .m statement with the Python line citing it"
EXAMPLES = (
    "dltparity lines cnnbp",
    "dltparity lines acnnff --case wide",
)


def arguments(parser):
    """Declare the options."""
    parser.add_argument(
        "function", metavar="FUNCTION", help="such as cnnbp, cnntrain, sigm or acnnff"
    )
    parser.add_argument(
        "--case", metavar="NAME", default="example", help="default: example, the toolbox's net"
    )
    parser.add_argument("--data", metavar="PATH", help="MNIST's files, for the case mnist")


def command(args):
    """Compare, print the lines and name the first that differs."""
    cases = [case for case in standard(args.data) if case.name == args.case]
    if not cases:
        raise RequestError(f"there is no case {args.case!r}: dltparity list names them all")
    content = gather([args.function], cases)
    args.say.result(content)
    print(render(content), end="\n\n")
    kept = all(entry["verdict"] == "pass" for entry in content["functions"])
    args.say.line(f"{'PASS' if kept else 'FAIL'}: {args.function} on {args.case}")
    return KEPT if kept else BROKEN
