"""dltparity run."""

from pathlib import Path

from .. import report, run
from ..exit_codes import BROKEN, KEPT
from . import choice
from .progress import progress

SUMMARY = "compare all cases and write the report"


def arguments(parser):
    """Declare the options."""
    choice.arguments(parser)
    parser.add_argument(
        "--reference",
        choices=["original", "acnn", "recorded", "auto"],
        default="auto",
        help="what to compare with (default: all there is)",
    )
    parser.add_argument(
        "--blas",
        choices=["reference", "system"],
        help="the BLAS Octave runs on (default: the reference BLAS, or the system's without it)",
    )
    parser.add_argument(
        "--require",
        choices=["original", "octave"],
        help="fail where this is missing, whatever else could be compared",
    )
    parser.add_argument(
        "--out", type=Path, default=Path("reports"), metavar="DIR", help="default: reports"
    )


def command(args):
    """Compare, write the report and say the verdict."""
    cases = choice.loaded(args)
    report.check_writable(args.out)
    chosen = run.plan(args.reference, args.blas, args.require)
    results, unjudged, where = run.run(chosen, cases, progress)
    content = report.content(results, where, {"not_judged": unjudged})
    files = report.write(args.out, content)
    for case in content["cases"]:
        if case["verdict"] == "fail":
            first = case["first_divergence"] or "nothing was compared"
            print(f"FAIL {case['name']} against {case['reference']}: {first}")
    totals = content["totals"]
    print(
        f"{content['verdict'].upper()}: {totals['cases']} comparisons, {totals['values']:,} "
        f"values, {totals['different_values']:,} different; see {files[-1]}"
    )
    return KEPT if content["verdict"] == "pass" else BROKEN
