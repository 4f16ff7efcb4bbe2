"""Small faults in the C sources, and whether the comparison with the lines finds them.

``python parity_tests/compiled/mutants.py --number 100`` plants them one at a time, compiles, and
runs the cases of `judge.py` against what the line-by-line functions gave for them. A fault that the
compiler refuses counts for nothing; a crash, a hang or a difference finds it. `EXCUSED` names those
that change no result, with the reason.
"""

import argparse
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from dltcnn.compiled import build  # noqa: E402

HERE = Path(__file__).parent
FILES = (
    *("backward.h", "convolve.h", "correlate.h", "engine.c", "gradients.h", "lanes.h"),
    *("layers.h", "layout.h", "passes.h", "sigm.c"),
)
# What is looked for, and what takes its place.
SWAPS = (
    (r"(?<![<\-=>])<(?![<=])", "<="),
    (r">=", ">"),
    (r"(?<![\-<>=])>(?![>=])", ">="),
    (r"\+=", "="),
    (r"(?<=[\w\])]) \+ (?=[\w(])", " - "),
    (r"(?<=[\w\])]) - (?=[\w(])", " + "),
    (r"(?<=[\w\])]) \* (?=[\w(])", " + "),
    (r"\brows\b", "cols"),
    (r"\bcols\b", "rows"),
    (r"\bkh\b", "kw"),
    (r"\bkw\b", "kh"),
    (r"(?<=[ (\[])1(?=[;,)\]])", "0"),
    (r"(?<=[ (\[])0(?=[;,)\]])", "1"),
    (r"\bSTORE\b", "ADD"),
    (r"\bADD\b", "STORE"),
    (r"\bCHAIN\b", "STORE"),
    (r"\bSIGM\b", "TANH"),
    (r"\bTANH\b", "SIGM"),
    (r"&&", "||"),
    (r"\|\|", "&&"),
    (r"-stride\b", "stride"),
    (r"-size\b", "size"),
    (r"\+\+", "--"),
    (r"\bround_up\((\w[\w>.\-]*)\)", r"\1"),
    (r"\blast\b", "first"),
    (r"\bT found\b", "I found"),
)
# Faults without an effect on results: part of the text that is replaced, and why.
EXCUSED = {
    "even_part": "how the work is cut into tiles is free: each sum stays one chain",
    "most_outputs": "the same",
    "most_vectors": "the same",
    "widest": "the same",
    "MOST_TAPS": "the same",
    "together": "how many images stay near is free: the sums go on from image to image",
    "CACHED": "the same",
    "spins": "how long a thread waits before it lets others run is free",
    "PADDING": "more zeros beside the sensitivities than tiles reach for",
    "UNROLL": "a hint to the compiler",
    "largest": "a larger scratch than needed",
    "if (l && has_weights(s)) {": "more room than needed",
}


def sites():
    """List all faults: file, place in it, what stands there, what replaces it, the line."""
    found = []
    for name in FILES:
        text = (build.SOURCES / name).read_text()
        code = re.sub(r"/\*.*?\*/", lambda match: " " * len(match[0]), text, flags=re.DOTALL)
        code = re.sub(r"(?m)^\s*#.*(\\\n.*)*$", lambda match: " " * len(match[0]), code)
        for pattern, replacement in SWAPS:
            for match in re.finditer(pattern, code):
                start = text.rfind("\n", 0, match.start()) + 1
                line = text[start : text.find("\n", start)].strip()
                new = match.expand(replacement)
                found.append((name, match.start(), match[0], new, line))
    return found


def excuse(fault):
    """Return the reason for which a fault has no effect, None where it should be found."""
    return next((why for text, why in EXCUSED.items() if text in fault[4]), None)


def planted(fault, folder):
    """Compile the engine with a fault; returns the library, None where it does not compile."""
    sources = folder / "c"
    shutil.copytree(build.SOURCES, sources)
    name, place, old, new, _ = fault
    text = (sources / name).read_text()
    (sources / name).write_text(text[:place] + new + text[place + len(old) :])
    library = folder / "engine.so"
    variant = "avx2" if "avx2" in build.builds() else "baseline"
    objects, flags = [], [*build._FLAGS[:1], "-O0", "-fPIC", *build._EXACT, "-w"]
    units = [unit for unit in build._units() if variant in unit[1] or unit[1] == "machine"]
    for source, made, extra in units:
        objects.append(str(folder / f"{made}.o"))
        try:
            build._run([*flags, *extra, "-c", str(sources / source), "-o", objects[-1]])
        except build.BuildError:
            return None
    build._run(["-shared", "-o", str(library), *objects, "-lm"])
    return library


def is_found(library, expected):
    """Whether the judge finds something wrong with a library."""
    command = [sys.executable, str(HERE / "judge.py"), str(library), str(expected)]
    try:
        return subprocess.run(command, capture_output=True, timeout=240).returncode != 0
    except subprocess.TimeoutExpired:
        return True


def main():
    """Read the command line, plant and judge; the exit code is 1 where a fault was not found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--number", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    faults = sites()
    random.Random(asked.seed).shuffle(faults)
    counts = {"found": 0, "missed": 0, "excused": 0, "refused by the compiler": 0}
    with tempfile.TemporaryDirectory() as top:
        expected = Path(top) / "expected.pickle"
        subprocess.run([sys.executable, str(HERE / "judge.py"), "-", str(expected)], check=True)
        for number, fault in enumerate(faults):
            if counts["found"] + counts["missed"] >= asked.number:
                break
            if excuse(fault):
                counts["excused"] += 1
                continue
            folder = Path(top) / str(number)
            folder.mkdir()
            library = planted(fault, folder)
            if library is None:
                kind = "refused by the compiler"
            else:
                kind = "found" if is_found(library, expected) else "missed"
            counts[kind] += 1
            if kind == "missed":
                print(f"missed: {fault[0]}: {fault[2]!r} -> {fault[3]!r} in {fault[4]}", flush=True)
            shutil.rmtree(folder)
    print(f"{len(faults)} faults in all; {counts}")
    return bool(counts["missed"])


if __name__ == "__main__":
    sys.exit(main())
