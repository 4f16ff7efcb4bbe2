"""dltparity pair."""

from functools import partial
from pathlib import Path

from ..errors import RequestError
from ..exit_codes import BROKEN, KEPT
from ..files import check_writable, write_report
from ..page import of_pair
from ..pair import report, run, spec
from . import repeat
from .conclude import check, conclude
from .options import count, junit_option, rates, unless_quiet

ORDER = 140
SUMMARY = "hold any .m function against any Python function, on inputs that a file describes"
EXAMPLES = (
    "dltparity pair pairs.toml",
    "dltparity pair pairs.toml --inputs 5000 --jobs 2 --junit pairs.xml",
)


def arguments(parser):
    """Declare the options."""
    parser.add_argument("file", type=Path, metavar="FILE.toml", help="the pairs and their inputs")
    parser.add_argument(
        "--inputs", type=count, metavar="N", help="of each pair (default: what the file says)"
    )
    parser.add_argument(
        "--jobs", type=count, default=1, metavar="J", help="local processes (default: 1)"
    )
    parser.add_argument(
        "--cluster", metavar="ADDRESS", help="a Dask scheduler, such as tcp://host:8786"
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("reports/local"),
        metavar="DIR",
        help="where pair.html, pair.md and pair.json go; the same command resumes there (default: "
        "reports/local)",
    )
    junit_option(parser)


def command(args):
    """Compare, write the report and say the verdict."""
    if args.cluster and args.jobs > 1:
        raise RequestError("--jobs is for local processes: leave it out with --cluster")
    wanted = spec.read(args.file)
    check_writable(args.out)
    check(args)
    progress = unless_quiet(args, partial(rates, unit="chunk"))
    try:
        content = run.run(wanted, args.out, args.jobs, args.cluster, args.inputs, progress)
    except KeyboardInterrupt:
        raise RequestError(
            f"interrupted; the results so far are kept in {str(args.out)!r}: the same command "
            "goes on"
        ) from None
    content["command"] = repeat.line("pair", args, arguments)
    text = report.render(content)
    written = write_report(args.out, "pair", text, content, of_pair.render(content))
    run.forget(args.out)
    print(text, end="\n\n")
    conclude(args, content, f"{content['verdict'].upper()}; see {written[0]}")
    return KEPT if content["verdict"] == "pass" else BROKEN
