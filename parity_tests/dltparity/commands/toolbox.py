"""dltparity toolbox."""

from pathlib import Path

from ..files import check_writable, write_report
from ..page import of_toolbox
from ..toolbox import report, run
from . import repeat
from .conclude import check, conclude
from .options import junit_option, progress, unless_quiet

ORDER = 130
SUMMARY = "examine an edited copy of the toolbox: what differs, and whether its gradients hold"
EXAMPLES = (
    "dltparity toolbox my_toolbox",
    "dltparity toolbox my_toolbox --setup fields.m --port my_port --junit toolbox.xml",
)


def arguments(parser):
    """Declare the options."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="the copy: CNN and util in it")
    parser.add_argument(
        "--setup",
        type=Path,
        metavar="FILE.m",
        help="a program that sets what the copy needs beyond a standard net: it sees net, x, y, "
        "opts, test_x and test_y before cnnsetup",
    )
    parser.add_argument(
        "--port",
        metavar="MODULE",
        help="a Python module: its functions of the toolbox's names are held against the copy's",
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("reports/local"),
        metavar="DIR",
        help="where toolbox.html, toolbox.md and toolbox.json go (default: reports/local)",
    )
    junit_option(parser)


def command(args):
    """Examine the copy, write the report and say the verdict."""
    check_writable(args.out)
    check(args)
    content = run.run(args.folder, args.setup, unless_quiet(args, progress), port=args.port)
    content["command"] = repeat.line("toolbox", args, arguments)
    text = report.render(content)
    written = write_report(args.out, "toolbox", text, content, of_toolbox.render(content))
    print(text, end="\n\n")
    conclude(args, content, f"{content['verdict'].upper()}; see {written[0]}")
    return run.exit_code(content)
