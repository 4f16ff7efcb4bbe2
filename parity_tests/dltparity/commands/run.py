"""dltparity run."""

from collections import Counter

from .. import run, sections
from ..exit_codes import BROKEN, KEPT
from ..files import check_writable
from ..octave.blas import BLAS
from ..parity_report import Report
from . import repeat
from .conclude import check, conclude
from .options import case_options, junit_option, loaded, progress, reports_option, unless_quiet

ORDER = 10
SUMMARY = "compare all cases and write the report"
EXAMPLES = (
    "dltparity run",
    "dltparity run --case 'scale-*' --blas system",
    "dltparity run --reference recorded --case kernel-1",
    "dltparity run --require original --blas reference --junit parity.xml",
    "dltparity run --json > new.json",
)


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
        help=f"the BLAS that Octave runs on (default: the first installed of {', '.join(BLAS)})",
    )
    parser.add_argument(
        "--require",
        choices=["original", "octave"],
        help="fail where this is missing, even if other references are there",
    )
    reports_option(parser)
    junit_option(parser)


def command(args):
    """Compare, write the report and print the verdict."""
    cases = loaded(args)
    selected = [args.case_file] if args.case_file else args.case or []
    check_writable(args.out)
    check(args)
    chosen = run.plan(args.reference, args.blas, args.require)
    comparison = run.run(chosen, cases, unless_quiet(args, progress))
    context = sections.Context(comparison, chosen.names, args.out, whole=not selected)
    command = repeat.line("run", args, arguments)
    report = Report(comparison, sections.gather(context), selected, command)
    files, lacking = report.write(args.out)
    content = report.content()
    for entry in content["not_judged"]:
        print(f"not judged: {entry['name']} against {entry['reference']}: {entry['reason']}")
    if content["provenance"]["notes"] != "none":
        print(content["provenance"]["notes"])
    if lacking:
        print(
            f"the report in {args.out} is left as it is, since it holds more ({lacking}): remove "
            "it, or name another folder with --out, for one of this run alone"
        )
    conclude(args, content, _headline(content, files[0]))
    return KEPT if report.verdict == "pass" else BROKEN


def _headline(content, file):
    totals = content["totals"]
    promises = Counter((case["reference"], case["promise"]) for case in content["cases"])
    chosen = f" of chosen cases ({', '.join(content['chosen'])})" if content["chosen"] else ""
    against = ", ".join(f"{name} by {promise} ({n})" for (name, promise), n in promises.items())
    return (
        f"{content['verdict'].upper()}{chosen}: {totals['cases']} comparisons, "
        f"{against or 'none'}; {totals['values']:,} values, {totals['different_values']:,} "
        f"different; {totals['not_judged']} not judged; see {file}"
    )
