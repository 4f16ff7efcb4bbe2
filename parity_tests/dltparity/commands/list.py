"""dltparity list."""

from ..exit_codes import KEPT
from .options import case_options, chosen

ORDER = 40
SUMMARY = "list the cases"


def arguments(parser):
    """Declare the options."""
    case_options(parser)


def command(args):
    """Print a line per case."""
    for case in chosen(args):
        print(f"{case.name:28} {case.layers or 'input only':22} {case.class_name}")
    return KEPT
