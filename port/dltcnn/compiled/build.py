"""Compile the engine. It needs a C compiler and nothing else, of this package or of others.

``python build.py``, or ``python -m dltcnn.compiled``, builds it beside this file, unless that was
done of these sources already.
"""

import hashlib
import os
import platform
import shlex
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "c"
LIBRARY = HERE / "engine.so"
_FLAGS = ("-std=gnu11", "-O3", "-fPIC", "-fvisibility=default", "-fno-math-errno")
_EXACT = ("-ffp-contract=off",)  # a fused multiply-add rounds once where Octave rounds twice
_AVX512 = ("-mavx512f", "-mavx512vl", "-mavx512dq", "-mavx512bw", "-mfma")
_CLASSES = {"double": (), "single": ("-DDLT_SINGLE",)}


class BuildError(Exception):
    """The engine could not be compiled."""


def builds():
    """List the builds for this kind of processor.

    Returns
    -------
    dict of str to tuple of str
        Name -> the compiler's flags.
    """
    machine = platform.machine().lower()
    if machine in ("x86_64", "amd64"):
        return {
            "baseline": (),
            "avx2": ("-mavx2", "-mfma", "-DDLT_FMA"),
            "avx512": (*_AVX512, "-DDLT_FMA"),
            "avx512_256": (*_AVX512, "-DDLT_FMA", "-DVBYTES=32"),
        }
    return {"baseline": ("-DDLT_FMA",) if machine in ("aarch64", "arm64") else ()}


def fingerprint():
    """Hash the sources and this file.

    Returns
    -------
    str
        Sixteen hexadecimal digits, the same for the same sources.
    """
    total = hashlib.sha256()
    for path in (*sorted(SOURCES.glob("*.[ch]")), Path(__file__)):
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()[:16]


def compiler():
    """Return the command of the C compiler: that of the environment's CC, else cc."""
    return shlex.split(os.environ.get("CC", "")) or ["cc"]


def has_compiler():
    """Whether the engine can be built here: the system is one of those it is for, and cc is there.

    Returns
    -------
    bool
        Whether.
    """
    return os.name == "posix" and shutil.which(compiler()[0]) is not None


def is_built(library=LIBRARY):
    """Whether there is a library, and made of these sources."""
    return library.exists() and fingerprint().encode() in library.read_bytes()


def build(library=LIBRARY, extra=()):
    """Compile the engine, and put it into place as one piece.

    Parameters
    ----------
    library : pathlib.Path
        Where to.
    extra : sequence of str
        More flags for the compiler, as a sanitizer's.

    Returns
    -------
    pathlib.Path
        The library.

    Raises
    ------
    BuildError
        If there is no compiler, or it fails: its command and what it said; or if the sources are
        for other systems than this one.
    """
    if os.name != "posix":
        raise BuildError("its sources are for Linux and macOS, and this is another system")
    library.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=library.parent) as folder, ThreadPoolExecutor(4) as pool:

        def compiled(unit):
            source, name, flags = unit
            made = str(Path(folder) / f"{name}.o")
            _run([*_FLAGS, *_EXACT, *extra, *flags, "-c", str(SOURCES / source), "-o", made])
            return made

        objects = list(pool.map(compiled, _units()))
        made = Path(folder) / library.name
        _run([*extra, "-shared", "-o", str(made), *objects, "-lm"])
        made.replace(library)
    return library


def _units():
    """List what is compiled: source, name of the object, flags."""
    yield "machine.c", "machine", (f'-DDLT_SOURCES="{fingerprint()}"',)
    for variant, chosen in builds().items():
        for cls, flags in _CLASSES.items():
            for source in ("engine", "sigm"):
                name = f"{source}-{cls}-{variant}"
                yield f"{source}.c", name, (f"-DDLT_VARIANT={variant}", *flags, *chosen)


def _run(arguments):
    command = [*compiler(), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except OSError as error:
        raise BuildError(
            f"there is no C compiler {command[0]!r} ({error.strerror}): install one (Debian, "
            "Ubuntu: gcc; macOS: xcode-select --install), or name it in the variable CC"
        ) from None
    if done.returncode:
        errors = done.stderr.strip()[-2000:]
        raise BuildError(
            f"the C compiler failed with exit code {done.returncode}:\n"
            f"{shlex.join(command)}\n{errors}"
        )


def main():
    """Build where the sources have changed; say in one line what was done."""
    if is_built():
        return 0
    try:
        build()
    except BuildError as error:
        print(f"dltcnn: the compiled engine was not built: {error}", file=sys.stderr)
        return 1
    print(f"dltcnn: the compiled engine is built: {LIBRARY}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
