"""dltparity run."""

from collections import Counter
from pathlib import Path

from .. import report, run
from .. import sections as evidence
from ..checks import accuracy as truth
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
    chosen_few = args.case or args.case_file
    sections = {} if chosen_few else evidence.gather(chosen.names, args.out)
    sections["truth"] = truth.gather(results)
    content = report.content(results, where, {"not_judged": unjudged, **sections})
    for what in evidence.broken(sections):
        content["verdict"] = "fail"
        print(f"FAIL {what}: see the report")
    files = report.write(args.out, content)
    _say(content, files[0])
    return KEPT if content["verdict"] == "pass" else BROKEN


def _say(content, file):
    """Print what failed, what was left out, and the verdict."""
    for case in content["cases"]:
        if case["verdict"] == "fail":
            first = case["first_divergence"] or "nothing was compared"
            print(f"FAIL {case['name']} against {case['reference']}: {first}")
    for entry in content["not_judged"]:
        print(f"not judged: {entry['name']} against {entry['reference']}: {entry['reason']}")
    if content["provenance"]["notes"] != "none":
        print(content["provenance"]["notes"])
    totals = content["totals"]
    promises = Counter((case["reference"], case["promise"]) for case in content["cases"])
    against = ", ".join(f"{name} by {promise} ({n})" for (name, promise), n in promises.items())
    print(
        f"{content['verdict'].upper()}: {totals['cases']} comparisons, {against or 'none'}; "
        f"{totals['values']:,} values, {totals['different_values']:,} different; "
        f"{totals['not_judged']} not judged; see {file}"
    )
