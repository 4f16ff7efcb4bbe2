"""dltparity doctor."""

from functools import partial

from ..doctor.examine import as_dict, examine, ready
from ..doctor.rows import OK
from ..exit_codes import KEPT, MISSING_REFERENCE

ORDER = 5
SUMMARY = "say what is here, and what to do next"
EXAMPLES = ("dltparity doctor", "dltparity doctor --json")


def arguments(parser):
    """Declare the options: none of its own."""


def command(args):
    """Look at everything and say it."""
    rows = []
    for row in examine(args.say.out):
        rows.append(row)
        say = partial(print, flush=True) if row.state == OK else args.say.line
        say(f"{row.state:9} {row.name}: {' '.join(row.found.split())}")
        if row.next:
            say(f"{'':9}   next: {row.next}")
    args.say.result(as_dict(rows))
    if ready(rows):
        args.say.line("PASS: make parity can run here")
        return KEPT
    args.say.line("FAIL: make parity cannot run here: see what is missing")
    return MISSING_REFERENCE
