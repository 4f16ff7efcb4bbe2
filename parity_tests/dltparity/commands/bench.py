"""dltparity bench."""

import time
from pathlib import Path

from .. import report
from ..bench import campaign as run
from ..exit_codes import BROKEN, KEPT
from ..report import bench as markdown
from ..report import files, plots

SUMMARY = "time a training step: Octave, the port, the quick engine, PyTorch"


def arguments(parser):
    """Declare the options."""
    parser.add_argument(
        "--quick", action="store_true", help="the toolbox's example only: about two minutes"
    )
    parser.add_argument(
        "--out", type=Path, default=Path("reports"), metavar="DIR", help="default: reports"
    )


def command(args):
    """Time and write the report."""
    report.check_writable(args.out)
    began = time.monotonic()
    content = run.run(
        args.quick, lambda line: print(f"[{time.monotonic() - began:4.0f} s] {line}", flush=True)
    )
    content["plots"] = plots.draw(args.out, content)
    paths = files.write(args.out, "bench", markdown.render(content), content)
    for promise in content["promises"]:
        reached = {True: "reached", False: "MISSED", None: "not run"}[promise["kept"]]
        print(f"{reached}: {promise['what']}: {promise['measured']} ({promise['wanted']})")
    print(f"see {paths[0]}")
    return KEPT if content["verdict"] == "pass" else BROKEN
