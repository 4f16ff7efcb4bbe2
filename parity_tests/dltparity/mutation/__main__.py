"""``make mutation``: the port's mutation score."""

import argparse
import json
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

from tqdm import tqdm

from .. import fingerprint
from ..exit_codes import BROKEN, KEPT
from ..report import mutation as section
from . import judging, trial
from .mutants import FILES, mutants

_TESTS = (
    *("test_refusals_setup.py", "test_refusals_step.py", "test_refusals_train.py"),
    *("test_odd_sizes.py", "test_odd_training.py"),
    *("test_matlab.py", "test_random.py", "test_util.py", "test_cnnsetup.py"),
    *("test_cnnff.py", "test_cnnbp.py", "test_cnnapplygrads.py", "test_cnntrain.py"),
    *("test_cnntest.py", "test_other_layers.py"),
)
_UNTRACED = "cnnnumgradcheck"  # no recording runs it
_TESTED_WITH = {
    **dict.fromkeys(("classes", "convolution", "indexing", "division", "text"), "matlab"),
    "counts": "random",
}
LEAST = 0.95  # of all mutants, those without an effect included


def main():
    """Judge, write the score, and list what survived without an excuse."""
    args = _arguments()
    found = score(args.files, args.jobs)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(section.render(found))
    return KEPT if found["verdict"] == "pass" else BROKEN


def _arguments():
    parser = argparse.ArgumentParser(prog="python -m dltparity.mutation", description=__doc__)
    parser.add_argument("files", nargs="*", metavar="MODULE", help=f"of {', '.join(FILES)}")
    parser.add_argument("--jobs", type=int, default=1, metavar="J")
    parser.add_argument("--out", type=Path, default=Path("reports/mutation.json"))
    args = parser.parse_args()
    unknown = set(args.files) - set(FILES)
    if unknown:
        parser.error(f"unknown module {', '.join(unknown)}: expected one of {', '.join(FILES)}")
    args.files = args.files or FILES
    return args


def score(files, jobs):
    """Judge all mutants of some modules.

    Parameters
    ----------
    files : sequence of str
        Modules of the port.
    jobs : int
        Processes at a time.

    Returns
    -------
    dict
        Tool, counts, score before and after what has no effect is taken out, survivors; JSON
        types only.
    """
    everything = mutants(files)
    alive, stages = everything, []
    answers = judging.recorded([*_TESTS, "test_cnnnumgradcheck.py"])
    for name, target, arguments in (
        ("stored traces of the original", trial.try_traces, ()),
        ("the module's own tests", trial.try_answers, (own, answers)),
        ("the other tests", trial.try_answers, (others, answers)),
    ):
        tried = [m for m in alive if target is not trial.try_traces or m.file != _UNTRACED]
        survived = judging.judge(tried, target, arguments, jobs, _bar(name))
        alive = [mutant for mutant in alive if survived.get(mutant, True)]
        killed = len(tried) - sum(survived.values())
        stages.append({"stage": name, "tried": len(tried), "killed": killed})
    return summary(everything, stages, alive)


def own(mutant):
    """Return the files with a module's own tests."""
    module = mutant.file if mutant else "matlab"
    return [f"test_{_TESTED_WITH.get(module, module)}.py"]


def others(mutant):
    """Return the other files."""
    return [file for file in _TESTS if mutant is None or file not in own(mutant)]


def summary(everything, stages, alive):
    """Count what was found, what survived, and what could not be found."""
    excuses = equivalents()
    survivors, excused = [], []
    for mutant in alive:
        line, before, after = mutant.change()
        reason = excuses.get((mutant.file, before, after))
        entry = {"file": f"{mutant.file}.py", "line": line, "before": before, "after": after}
        (excused if reason else survivors).append(entry | ({"reason": reason} if reason else {}))
    total, killed = len(everything), len(everything) - len(alive)
    files = {mutant.file: 0 for mutant in everything}
    for mutant in everything:
        files[mutant.file] += 1
    return {
        "tool": "cosmic-ray",
        "version": version("cosmic-ray"),
        "port": fingerprint.port(),
        "mutants": total,
        "killed": killed,
        "score": round(killed / total, 4),
        "score_without_equivalents": round(killed / (total - len(excused)), 4),
        "verdict": "pass" if killed / total >= LEAST and not survivors else "fail",
        "stages": stages,
        "files": {f"{name}.py": count for name, count in files.items()},
        "survivors": survivors,
        "equivalents": excused,
    }


def equivalents():
    """Read what no test could find: (module, line before, line after) -> reason."""
    path = Path(__file__).with_name("equivalent.toml")
    found = {}
    for entry in tomllib.loads(path.read_text(encoding="utf-8")).get("mutant", []):
        for after in entry["after"]:
            found[entry["file"], entry["before"], after] = entry["reason"]
    return found


def _bar(name):
    def progress(results, count):
        return tqdm(results, desc=name, total=count, unit="mutant", mininterval=5)

    return progress


if __name__ == "__main__":
    sys.exit(main())
