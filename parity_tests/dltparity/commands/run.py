"""dltparity run."""

from collections import Counter

from .. import run, sections
from ..exit_codes import BROKEN, KEPT
from ..files import check_writable
from ..octave.blas import BLAS
from ..parity_report import Report
from .options import case_options, loaded, progress, reports_option

ORDER = 10
SUMMARY = "compare all cases and write the report"


def arguments(parser):
    """Declare the options."""
    case_options(parser)
    parser.add_argument(
        "--reference",
        choices=["original", "acnn", "recorded", "auto"],
        default="auto",
        help="what to compare with (default: every reference that is there)",
    )
    parser.add_argument(
        "--blas",
        choices=list(BLAS),
        help=f"the BLAS that Octave runs on (default: the first that is here of {', '.join(BLAS)})",
    )
    parser.add_argument(
        "--require",
        choices=["original", "octave"],
        help="fail where this is missing, even if other references are there",
    )
    reports_option(parser)


def command(args):
    """Compare, write the report and print the verdict."""
    cases = loaded(args)
    selected = [args.case_file] if args.case_file else args.case or []
    check_writable(args.out)
    chosen = run.plan(args.reference, args.blas, args.require)
    comparison = run.run(chosen, cases, progress)
    context = sections.Context(comparison, chosen.names, args.out, whole=not selected)
    report = Report(comparison, sections.gather(context), selected)
    files, lacking = report.write(args.out)
    for what in report.broken:
        print(f"FAIL {what}: see the report")
    _say(report.content(), files[0])
    if lacking:
        print(
            f"the report in {args.out} is left as it is, since it holds more ({lacking}): remove "
            "it, or name another folder with --out, for one of this run alone"
        )
    return KEPT if report.verdict == "pass" else BROKEN


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
    chosen = f" of chosen cases ({', '.join(content['chosen'])})" if content["chosen"] else ""
    against = ", ".join(f"{name} by {promise} ({n})" for (name, promise), n in promises.items())
    print(
        f"{content['verdict'].upper()}{chosen}: {totals['cases']} comparisons, "
        f"{against or 'none'}; {totals['values']:,} values, {totals['different_values']:,} "
        f"different; {totals['not_judged']} not judged; see {file}"
    )
