"""The compiled engine under a sanitizer that watches what lies between the pieces of its memory.

A library built with `FLAGS` leaves a red zone after each piece of the workspace. `guard` forbids
the zones of every plan from then on, so that a read or a write beyond a piece ends the process, as
one beyond an array does. The sanitizer's own library must be there before Python: `environment`.
"""

import ctypes
import os
import subprocess

from dltcnn.compiled import build, plan

_ZONE = 1 << 14  # bytes; further than from one row of a map to the next
FLAGS = ("-fsanitize=address,undefined", "-fno-sanitize-recover=all", f"-DRED_ZONE={_ZONE}")
_SHARED = ("forward", "backward", "pixels", "deltas", "products", "totals")
_IMAGES = ("pixels", "deltas", "products")  # those with a zone after each image, too
_OWN = ("lanes_a", "lanes_d", "lanes_p")


def environment():
    """Return the variables of a process that is to run such a library."""
    libraries = []
    for name in ("libasan.so", "libubsan.so"):
        asked = [*build.compiler(), f"-print-file-name={name}"]
        told = subprocess.run(asked, check=True, capture_output=True, text=True)
        libraries.append(told.stdout.strip())
    # Python itself lets go of nothing at its end.
    return {**os.environ, "LD_PRELOAD": " ".join(libraries), "ASAN_OPTIONS": "detect_leaks=0"}


def guard():
    """Forbid the red zones of every plan that is made; False where no sanitizer is loaded."""
    forbid = getattr(ctypes.CDLL(None), "__asan_poison_memory_region", None)
    if forbid is None:
        return False
    made = plan.Plan.__init__

    def watched(self, *arguments, **keywords):
        made(self, *arguments, **keywords)
        ends = _ends(self._plan, self._stages)
        if self._plan.mode & plan.BACKWARD:  # what lies at 0 is an image, too
            images = -(-self.images // self._engine.block) * self._engine.block
            ends = {*ends, *_ends_of_images(ends, self._stages, images)} - {0}
        for end in ends:
            address = self._plan.workspace + end - _ZONE
            forbid(ctypes.c_void_p(address), ctypes.c_size_t(_ZONE))

    plan.Plan.__init__ = watched
    return True


def _ends(laid_out, stages):
    """List where the pieces of a workspace end, their zones included: where others begin."""
    shared = {getattr(stage, name) for stage in stages for name in _SHARED}
    own = {getattr(stage, name) for stage in stages for name in _OWN}
    shared |= {laid_out.errors, laid_out.shared}
    own |= {laid_out.scratch, laid_out.first_pixels, laid_out.private_size}
    starts = [laid_out.shared + n * laid_out.private_size for n in range(laid_out.threads)]
    return sorted((shared | {start + end for start in starts for end in own - {0}}) - {0})


def _ends_of_images(ends, stages, images):
    """List where images end in the pieces that hold so many, their zones included."""
    for start in {getattr(stage, name) for stage in stages for name in _IMAGES}:
        end = next(end for end in ends if end > start) - _ZONE
        yield from range(start, end + 1, (end - start) // images)
