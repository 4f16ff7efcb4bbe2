"""dltparity diff."""

from pathlib import Path

from ..exit_codes import BROKEN, KEPT
from ..results import github, read
from ..results.diff import diff, render, title

ORDER = 160
SUMMARY = "compare two results of run, verify, toolbox or pair: new, gone, better, worse"
EXAMPLES = (
    "dltparity diff old/parity.json reports/parity.json",
    "dltparity diff old/pair.json reports/local/pair.json --json",
)


def arguments(parser):
    """Declare the options."""
    parser.add_argument("old", type=Path, metavar="OLD.json", help="what it was")
    parser.add_argument(
        "new",
        type=Path,
        metavar="NEW.json",
        help="what it is; a promise that is lost, and a case that is gone or covers less, fail",
    )


def command(args):
    """Compare and say what has changed."""
    content = diff(read.stored(args.old), read.stored(args.new))
    headline = _headline(content)
    lost = [each for each in content["changes"] if each["breaks"]]
    rows = [(title(each), f"{each['change']}: {each['why']}") for each in lost]
    faults = [
        (each["file"], each["line"], f"{name}: {why}")
        for each, (name, why) in zip(lost, rows, strict=True)
    ]
    args.say.result(content)
    print(render(content))
    github.tell("dltparity diff", headline, faults, rows, (), args.say)
    args.say.line(headline)
    return BROKEN if content["verdict"] == "fail" else KEPT


def _headline(content):
    counts = ", ".join(f"{count} {kind}" for kind, count in content["counts"].items())
    lost = f"{content['lost']} lost{' (marked !)' if content['lost'] else ''}"
    return (
        f"{content['verdict'].upper()}: {counts}; {lost}; the verdict of {content['diff_of']}: "
        f"{content['old_verdict']!r} before, {content['new_verdict']!r} now"
    )
