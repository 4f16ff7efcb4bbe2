"""dltparity list."""

from ..exit_codes import KEPT
from . import choice

SUMMARY = "list the cases"


def arguments(parser):
    """Declare the options."""
    choice.arguments(parser)


def command(args):
    """Print a line per case."""
    for case in choice.chosen(args):
        print(f"{case.name:28} {case.layers or 'input only':22} {case.class_name}")
    return KEPT
