"""dltparity limits."""

import json

from ..checks.limits import gather
from ..exit_codes import KEPT
from ..report.limits import render

ORDER = 70
SUMMARY = "print the limits of the toolbox, and what cnn* and acnn* do there"


def arguments(parser):
    """Declare the options."""
    parser.add_argument("--json", action="store_true", help="as JSON")


def command(args):
    """Print the limits."""
    content = gather()
    print(json.dumps(content, indent=1) if args.json else render(content))
    return KEPT
