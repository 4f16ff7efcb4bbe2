"""Small faults in the C sources, and whether the comparison with the lines finds them.

``python parity_tests/compiled/mutants.py --number 100`` plants them one at a time, compiles, and
runs the cases of `judge.py` against what the line-by-line functions gave for them. A fault that the
compiler refuses counts for nothing; a crash, a hang or a difference finds it. What the first of
`JUDGES` misses the others look at too: a sanitizer, and the build for other processors, as other
lines are compiled there. `EXCUSED` names those that change no result, with the reason; with
``--excused`` they are planted, and none may be found.
"""

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

import guarded  # noqa: E402

from dltcnn.compiled import build, library  # noqa: E402

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
# Faults without an effect on results: part of the line, what is replaced by what, and why.
_FREE = "how the work is cut into tiles is free: each sum stays one chain"
_NEAR = "how many images stay near is free: the sums go on from image to image"
_SAME = "at equality both sides give the same"
_ROOM = "more room than needed"
_WAITS = "how long a thread waits before it lets others run is free"
_ZEROS = "more zeros beside the sensitivities than tiles reach for"
_NONE_LEFT = "no image is left, and a sum of none changes nothing"
_SHARED = "how many of a kernel's rows share the lanes of a sum is free"
_CHOICE = (
    ("int64_t best = 1,", ("1", "0")),  # what is found takes its place
    ("cost = 0, n;", ("0", "1")),
    ("row < s->kh; row += n) {", ("0", "1")),
    ("cost += round_up(", ("+=", "=")),
    ("cost += round_up(", (" * ", " + ")),
    ("cost += round_up(", (" + ", " - ")),
    ("cost += round_up(", (" - ", " + ")),
    ("cost += round_up(", ("1", "0")),
    ("cost += round_up(", ("rows", "cols")),
    ("if (cost < least)", ("<", "<=")),
)
EXCUSED = (
    ("int64_t widest =", "<", "<=", _FREE),
    ("m = vectors - q < most_vectors[n] ?", "<", "<=", _SAME),
    ("images = CACHED / (size * ", " * ", " + ", _NEAR),
    ("if (images < 1) images = 1;", "<", "<=", _SAME),
    ("p.images = last < images ?", "<", "<=", _SAME),
    ("last > 0; last -= images", ">", ">=", _NONE_LEFT),
    ("~SIGN_BIT) >= bits;", ">=", ">", _SAME),
    ("if (spins > 1000)", ">", ">=", _WAITS),
    ("for (int spins = 0;", "0", "1", _WAITS),
    ("for (int spins = 0;", "++", "--", _WAITS),
    ("< PADDING ?", "<", "<=", _SAME),
    ("< PADDING ?", " - ", " + ", _ZEROS),
    ("< PADDING ?", "0", "1", _ZEROS),
    ("< PADDING ?", "&&", "||", _ZEROS),
    ("if (pixels > largest)", ">", ">=", _SAME),
    ("largest = 0,", "0", "1", _ROOM),
    ("if (l && has_weights(s)) {", "&&", "||", _ROOM),
    ("if (l && keeps_products(s))", "&&", "||", _ROOM),
    *((text, *swap, _SHARED) for text, swap in _CHOICE),
)
_OLDER = "glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2"  # the C library's exp without fused multiply-adds


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
    _, _, old, new, line = fault
    found = (why for text, *swap, why in EXCUSED if text in line and swap == [old, new])
    return next(found, None)


def judges():
    """List who judges: the build of the engine, the compiler's flags, the environment."""
    first = "avx2" if "avx2" in build.builds() else "baseline"
    chosen, older = {library.CHOICE: first}, {library.CHOICE: "baseline", "GLIBC_TUNABLES": _OLDER}
    found = [
        (first, ("-O0",), {**os.environ, **chosen}),
        (first, ("-O0", *guarded.FLAGS), {**guarded.environment(), **chosen}),
    ]
    if first == "baseline":
        return found
    found.append(("baseline", ("-O0",), os.environ | older))
    if "avx512_256" in library.runnable(library._library()[0]):
        found.append(("avx512_256", ("-O0",), os.environ | {library.CHOICE: "avx512_256"}))
    return found


def planted(fault, folder, variant, extra):
    """Compile the engine with a fault; returns the library, None where it does not compile."""
    sources = folder / "c"
    shutil.copytree(build.SOURCES, sources)
    name, place, old, new, _ = fault
    text = (sources / name).read_text()
    (sources / name).write_text(text[:place] + new + text[place + len(old) :])
    library = folder / "engine.so"
    objects, flags = [], [*build._FLAGS[:1], "-fPIC", *build._EXACT, "-w", *extra]
    units = [unit for unit in build._units() if variant in unit[1] or unit[1] == "machine"]
    for source, made, extra in units:
        objects.append(str(folder / f"{made}.o"))
        try:
            build._run([*flags, *extra, "-c", str(sources / source), "-o", objects[-1]])
        except build.BuildError:
            return None
    build._run([*extra, "-shared", "-o", str(library), *objects, "-lm"])
    return library


def is_found(library, expected, environment):
    """Whether the judge finds something wrong with a library."""
    command = [sys.executable, str(HERE / "judge.py"), str(library), str(expected)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=600, env=environment)
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


def judged(fault, folder):
    """Let the judges look at a fault, one after the other until it is found; returns the kind."""
    for number, (variant, extra, environment) in enumerate(judges()):
        made = planted(fault, folder / str(number), variant, extra)
        if made is None:
            return "refused by the compiler"
        if is_found(made, folder.parent / f"expected-{number}", environment):
            return "found"
    return "missed"


_NONE = (FILES[0], 0, "", "", "")  # no fault


def prepare(top):
    """Let the lines compute for each judge, and see that each passes the engine as it is."""
    for number, (variant, extra, environment) in enumerate(judges()):
        expected, lines = top / f"expected-{number}", {**environment, "LD_PRELOAD": ""}
        command = [sys.executable, str(HERE / "judge.py"), "-", str(expected)]
        subprocess.run(command, check=True, env=lines)
        library = planted(_NONE, top / f"whole-{number}", variant, extra)
        if library is None or is_found(library, expected, environment):
            raise SystemExit(f"the judge {variant} {' '.join(extra)} finds a fault where none is")


def main():
    """Read the command line, plant and judge; the exit code is 1 where a fault surprises."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--number", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--excused", action="store_true", help="plant the excused ones; what is found has no excuse"
    )
    asked = parser.parse_args()
    faults = sites()
    random.Random(asked.seed).shuffle(faults)
    planted_ones = [fault for fault in faults if bool(excuse(fault)) == asked.excused]
    wrong = "found" if asked.excused else "missed"
    counts = {"found": 0, "missed": 0, "refused by the compiler": 0}
    with tempfile.TemporaryDirectory() as top:
        prepare(Path(top))
        for number, fault in enumerate(planted_ones):
            if counts["found"] + counts["missed"] >= asked.number:
                break
            folder = Path(top) / str(number)
            folder.mkdir()
            kind = judged(fault, folder)
            counts[kind] += 1
            if kind == wrong:
                print(f"{kind}: {fault[0]}: {fault[2]!r} -> {fault[3]!r} in {fault[4]}", flush=True)
            shutil.rmtree(folder)
    print(f"{len(faults)} faults in all, {len(faults) - len(planted_ones)} of them not asked for")
    print("excused ones:" if asked.excused else "those without an excuse:", counts)
    return bool(counts[wrong])


if __name__ == "__main__":
    sys.exit(main())
