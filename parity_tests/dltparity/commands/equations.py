"""dltparity equations."""

from ..equations import measure
from ..exit_codes import BROKEN, KEPT
from ..report import equations

ORDER = 80
SUMMARY = "verify every equation of Bouvrie's notes, and show where it is computed"
EXAMPLES = (
    "dltparity equations",
    "dltparity equations --require torch",
)


def arguments(parser):
    """Declare the options."""
    parser.add_argument(
        "--require", choices=["torch"], help="fail where PyTorch (the extra `oracle`) is missing"
    )


def command(args):
    """Measure the equations and print the section of the report."""
    content = measure.gather(require_torch=args.require == "torch")
    args.say.result(content)
    print(equations.render(content), end="\n\n")
    failed = [row["id"] for row in content["rows"] if row["verdict"] == "fail"]
    kept = f"PASS: {len(content['rows'])} equations"
    args.say.line(f"FAIL: {', '.join(failed)}" if failed else kept)
    return BROKEN if failed else KEPT
