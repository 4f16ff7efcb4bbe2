"""dltparity limits."""

from ..checks.limits import gather
from ..exit_codes import KEPT
from ..report.limits import render

ORDER = 70
SUMMARY = "print the limits of the toolbox, and what cnn* and acnn* do there"
EXAMPLES = (
    "dltparity limits",
    "dltparity limits --json",
)


def arguments(parser):
    """Declare the options: none of its own."""


def command(args):
    """Print the limits."""
    content = gather()
    args.say.result(content)
    print(render(content))
    return KEPT
