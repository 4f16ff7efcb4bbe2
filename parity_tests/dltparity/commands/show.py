"""dltparity show."""

from .. import run, shown_values
from ..cases.standard import standard
from ..errors import RequestError
from ..exit_codes import BROKEN, KEPT
from ..octave.blas import BLAS
from .options import seed

ORDER = 15
SUMMARY = "show the values of a field of a case on both sides, around the worst place"
EXAMPLES = (
    "dltparity show kernel-1 bp.dffW",
    "dltparity show wide 'bp.layers{2}.dk{1}{3}' --around 2",
    "dltparity show example trained.rL --engine compiled --json",
)


def arguments(parser):
    """Declare the options."""
    parser.add_argument("case", metavar="CASE", help="a case's name: dltparity list has them all")
    parser.add_argument(
        "field",
        metavar="FIELD",
        help="as reports name it: setup., ff., bp., apply., train., trained. or test., and the "
        "field in MATLAB's terms",
    )
    parser.add_argument(
        "--reference",
        choices=["original", "acnn", "recorded", "auto"],
        default="auto",
        help="what to compare with (default: the original, or the first that is here)",
    )
    parser.add_argument(
        "--blas", choices=list(BLAS), help="the BLAS that Octave runs on, as for run"
    )
    parser.add_argument(
        "--engine",
        choices=["lines", "compiled"],
        default="lines",
        help="who computes the port's side: Python line by line, or compiled C (default: lines)",
    )
    parser.add_argument(
        "--around",
        type=seed,
        default=1,
        metavar="N",
        help="how many rows and columns around it (default: 1)",
    )
    parser.add_argument("--data", metavar="PATH", help="MNIST's files, for the case mnist")


def command(args):
    """Run the case and show the values."""
    cases = [case for case in standard(args.data) if case.name == args.case]
    if not cases:
        raise RequestError(f"there is no case {args.case!r}: dltparity list names them all")
    plan = run.plan(args.reference, args.blas, None)
    content = shown_values.values(cases[0], args.field, plan, args.engine, args.around)
    args.say.result(content)
    print(shown_values.render(content))
    kept = content["verdict"] == "pass"
    args.say.line(f"{'PASS' if kept else 'FAIL'}: {args.field} of {args.case}")
    return KEPT if kept else BROKEN
