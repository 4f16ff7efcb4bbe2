"""dltparity bench."""

import time

from ..bench import campaign
from ..exit_codes import BROKEN, KEPT
from ..files import check_writable, write_report
from ..report import bench, plots
from ..seal import sealed
from .options import reports_option

ORDER = 120
SUMMARY = "time a training step: Octave, the port line by line and compiled, PyTorch, JAX"
EXAMPLES = (
    "dltparity bench --quick",
    "dltparity bench --out reports",
)


def arguments(parser):
    """Declare the options."""
    parser.add_argument(
        "--quick", action="store_true", help="the toolbox's example only: about two minutes"
    )
    reports_option(parser)


def command(args):
    """Time and write the report."""
    check_writable(args.out)
    began = time.monotonic()
    content = campaign.run(
        args.quick, lambda line: print(f"[{time.monotonic() - began:4.0f} s] {line}", flush=True)
    )
    content["plots"] = plots.draw(args.out, content)
    content = sealed(content)
    paths = write_report(args.out, "bench", bench.render(content), content)
    for promise in content["promises"]:
        reached = {True: "reached", False: "MISSED", None: "not run"}[promise["kept"]]
        print(f"{reached}: {promise['what']}: {promise['measured']} ({promise['wanted']})")
    args.say.result(content)
    args.say.line(f"{content['verdict'].upper()}; see {paths[0]}")
    return KEPT if content["verdict"] == "pass" else BROKEN
