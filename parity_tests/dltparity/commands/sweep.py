"""dltparity sweep."""

import shlex
from functools import partial
from pathlib import Path

from .. import run
from ..errors import RequestError
from ..exit_codes import BROKEN, KEPT
from ..files import check_place, write_json
from ..octave.blas import REFERENCE
from ..original import cache
from ..report.sweep import render
from ..sweep import acnn_job, campaign
from ..sweep.job import Settings
from .options import count, rates, seed, unless_quiet
from .repeat import program

ORDER = 60
SUMMARY = "compare random nets; a failing one is made small and kept"
EXAMPLES = (
    "dltparity sweep --nets 2000 --seed 4 --jobs 2",
    "dltparity sweep --family acnn --nets 1000 --out sweep-acnn",
)

_LARGEST_ACNN_SEED = 4000  # a net's own seed must be less than 2^32


def arguments(parser):
    """Declare the options."""
    parser.add_argument(
        "--nets", type=count, default=200, metavar="N", help="how many (default: 200)"
    )
    parser.add_argument(
        "--seed", type=seed, default=0, metavar="S", help="of the draw (default: 0)"
    )
    parser.add_argument(
        "--jobs", type=count, default=1, metavar="J", help="local processes (default: 1)"
    )
    parser.add_argument(
        "--cluster", metavar="ADDRESS", help="a Dask scheduler, such as tcp://host:8786"
    )
    parser.add_argument(
        "--reference",
        choices=["original", "acnn"],
        help="default: the original, or acnn where it is not in the cache",
    )
    parser.add_argument(
        "--family",
        choices=["cnn", "acnn"],
        default="cnn",
        help="acnn: nets that only the acnn functions accept (default: cnn)",
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("sweep"),
        metavar="DIR",
        help="results and failing nets; the same command resumes there (default: sweep)",
    )
    parser.add_argument(
        "--summary",
        type=Path,
        metavar="FILE",
        help="also write the summary here; dltparity run shows reports/sweep.json",
    )


def command(args):
    """Run the sweep and print its summary."""
    if args.cluster and args.jobs > 1:
        raise RequestError("--jobs is for local processes: leave it out with --cluster")
    if args.family == "acnn":
        _check_acnn(args)
        args.reference = "acnn"
    reference = args.reference or ("original" if cache.original() else "acnn")
    if args.summary:
        check_place(args.summary, "--summary")
    run.plan(reference, REFERENCE, None)  # refuses what is not here, before the work begins
    progress = unless_quiet(args, partial(rates, unit="net"))
    settings = Settings(args.seed, reference, family=args.family)
    try:
        found = campaign.sweep(settings, args.nets, args.out, args.jobs, args.cluster, progress)
    except KeyboardInterrupt:
        raise RequestError(
            f"interrupted; the results so far are kept in {args.out}: the same command goes on"
        ) from None
    if args.summary:
        write_json(args.summary, found, "--summary")
    args.say.result(found)
    print(render(found))
    for each in found["failing"]:
        if args.family == "acnn":
            call = f"dltparity.cases.random_acnn.random_acnn({each['drawn']['seed']})"
            print(f"\nto draw it again: {call}")
            continue
        path = campaign.path_of(args.out, each["shrunk"]["name"])
        print(f"\nto run it again: {shlex.join([*program(), 'run', '--case-file', str(path)])}")
    args.say.line(f"{found['verdict'].upper()}: {found['nets']} nets")
    return KEPT if found["verdict"] == "pass" else BROKEN


def _check_acnn(args):
    """Refuse what a sweep of the acnn functions cannot do."""
    if args.reference == "original":
        raise RequestError(
            "--reference original was given with --family acnn: the original does not take these "
            "nets, leave it out"
        )
    if args.nets > acnn_job.APART or args.seed > _LARGEST_ACNN_SEED:
        raise RequestError(
            f"--nets {args.nets} --seed {args.seed} was given: expected at most {acnn_job.APART} "
            f"nets and a seed of at most {_LARGEST_ACNN_SEED} with --family acnn"
        )
