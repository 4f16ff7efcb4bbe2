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
    cases = choice.chosen(args)
    report.check_writable(args.out)
    chosen = run.plan(args.reference, args.blas, args.require)
    results, where = run.run(chosen, cases, progress)
    files = report.write(args.out, results, where)
    broken = [result for result in results if result.verdict == "fail"]
    for result in broken:
        first = result.as_dict()["first_divergence"] or {"field": "nothing was compared"}
        print(f"FAIL {result.case.name} against {result.reference}: {first}")
    different = sum(result.different for result in results)
    values = sum(result.values for result in results)
    print(
        f"{'FAIL' if broken else 'PASS'}: {len(results)} comparisons, {values:,} values, "
        f"{different:,} different; see {files[-1]}"
    )
    return BROKEN if broken else KEPT
