"""Cases that judge a library of the compiled engine: ``judge.py LIBRARY EXPECTED``.

EXPECTED holds what the line-by-line functions gave, pickled; with ``-`` in place of the library it
is written. The exit code is 1 at the first difference.
"""

import copy
import os
import pickle
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

import cases  # noqa: E402
from both import differences  # noqa: E402
from compare_engines import never_by_lines  # noqa: E402

import dltcnn  # noqa: E402
from dltcnn import compiled  # noqa: E402
from dltcnn.compiled import library  # noqa: E402

_DRAWN = (
    *((cases.acnn, number) for number in range(40)),
    *((cases.cnn, number) for number in range(8)),
    *((cases.large, number) for number in range(12)),
)


def results(module, case, threads):
    """Run a case through the functions of a module: what each gives, or its refusal."""
    prefix = "acnn" if case.acnn else "cnn"
    ff, bp, train, test = (getattr(module, prefix + name) for name in ("ff", "bp", "train", "test"))
    batch = case.x.shape[-1] if case.acnn else case.opts.batchsize
    found = []
    try:
        found.append(ff(case.net, case.x[..., :batch]))
        found.append(bp(found[0], case.y[:, :batch]))
        more = () if case.acnn else (False,)
        arguments = case.net, case.x, case.y, case.opts, copy.deepcopy(case.rng), *more
        found.append(train(*arguments, **threads))
        found.append(list(test(found[-1], case.x, case.y, **threads)))
    except dltcnn.MatlabError as error:
        found.append(str(error))
    return found


def covered(case):
    """Whether the compiled engine does all of it: then it is to do so with any fault too."""
    try:
        with never_by_lines():
            results(compiled, case, {})
    except AssertionError:
        return False
    return True


def drawn():
    """Draw the cases, in the same order each time."""
    return [draw(number) for draw, number in _DRAWN]


def main(path, expected):
    """Write or judge."""
    if path == "-":
        kept = [(case, results(dltcnn, case, {})) for case in filter(covered, drawn())]
        Path(expected).write_bytes(pickle.dumps(kept))
        return 0
    library.LIBRARY, library.SOURCES = Path(path), Path("none")
    variant = "avx2" if library._can_run(library._library()[0], "avx2") else "baseline"
    os.environ[library.CHOICE] = variant
    if library.engine(float).exp == "libm":  # a wrong exp is found before it is used
        return 1
    for number, (case, wanted) in enumerate(pickle.loads(Path(expected).read_bytes())):
        with never_by_lines():  # else what a fault makes of numbers would be mended by the lines
            got = results(compiled, case, {"threads": (2, 3, 2, 1)[number % 4]})
        if differences(wanted, got):
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
