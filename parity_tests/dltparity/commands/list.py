"""dltparity list."""

from ..exit_codes import KEPT
from .options import case_options, chosen

ORDER = 40
SUMMARY = "list the cases"
EXAMPLES = (
    "dltparity list",
    "dltparity list --case 'special-*' --json",
)


def arguments(parser):
    """Declare the options."""
    case_options(parser)


def command(args):
    """Print a line per case."""
    cases = chosen(args)
    rows = [{"name": e.name, "layers": e.layers, "class": e.class_name} for e in cases]
    args.say.result({"schema": 1, "cases": rows})
    for case in cases:
        print(f"{case.name:28} {case.layers or 'input only':22} {case.class_name}")
    return KEPT
