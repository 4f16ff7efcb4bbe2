"""dltparity equations."""

from ..equations import measure
from ..exit_codes import BROKEN, KEPT
from ..report import equations

ORDER = 80
SUMMARY = "verify every equation of the notes and show where it is computed"


def arguments(parser):
    """Declare the options."""
    parser.add_argument(
        "--require", choices=["torch"], help="fail where PyTorch (the extra `oracle`) is missing"
    )


def command(args):
    """Measure the equations and print the section of the report."""
    content = measure.gather(require_torch=args.require == "torch")
    print(equations.render(content))
    failed = [row["id"] for row in content["rows"] if row["verdict"] == "fail"]
    print(f"\nFAIL: {', '.join(failed)}" if failed else f"\nPASS: {len(content['rows'])} equations")
    return BROKEN if failed else KEPT
