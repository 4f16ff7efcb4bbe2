"""dltparity ledger."""

import json

from ..checks import limits as divergences
from ..exit_codes import KEPT
from ..report import limits

SUMMARY = "print the toolbox's limits: what the original does, what cnn* and acnn* do"


def arguments(parser):
    """Declare the options."""
    parser.add_argument("--json", action="store_true", help="as JSON")


def command(args):
    """Print the ledger."""
    content = divergences.gather()
    print(json.dumps(content, indent=1) if args.json else limits.render(content))
    return KEPT
