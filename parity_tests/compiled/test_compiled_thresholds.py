"""The drawn batches lie on both sides of every threshold in the C code."""

import re

import numpy as np
import pytest

from dltcnn.compiled.build import SOURCES
from dltparity.engines import cases

CODE = {path.name: path.read_text() for path in sorted(SOURCES.glob("*.[ch]"))}
# Every comparison that the number of images takes part in, on either side.
COMPARISONS = {
    "backward.h": ["b.first + l < plan.images"],
    "correlate.h": ["n < p.images"],
    "engine.c": ["b.first < plan.images"],
    "gradients.h": [
        "images < 1",
        "p.images = last < images",
        "image < plan.images",
        "i < plan.images",
    ],
    "layers.h": ["int64_t here = images - first < V", "int64_t here = images - first < V"],
    "passes.h": ["number >= plan.images"],
}


@pytest.fixture(scope="module")
def large():
    return [*(cases.large(number) for number in range(60)), *map(cases.broad, range(4))]


def constants(name):
    return [int(n) for n in re.findall(rf"#define {name} (\d+)", "".join(CODE.values()))]


def test_all_comparisons_of_the_number_of_images_are_known():
    found = {}
    for name, text in CODE.items():
        code = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL).replace("->", ".")
        parts = (" ".join(part.split()) for part in re.split(r"[;{}(),?:]|&&|\|\|", code))
        number = (part for part in parts if re.search(r"\bimages\b", part))
        if hits := [part for part in number if re.search(r"[<>%]|[!=]=", part)]:
            found[name] = hits
    assert found == COMPARISONS


def test_batches_end_on_both_sides_of_a_vector():
    vectors = {bytes_ // size for bytes_ in (16, 32, 64) for size in constants("TSIZE")}
    assert vectors == {2, 4, 8, 16}
    for count in vectors:
        assert {count - 1, count, count + 1} <= {*cases.BATCHES}


def test_sums_over_images_are_taken_whole_and_in_parts(large):
    (cached,) = constants("CACHED")
    sides, alone = set(), False
    for case in large:
        batch = int(np.min([case.opts.batchsize, case.x.shape[-1]]))
        rows, cols = case.x.shape[:2]
        for layer in case.net.layers[1:]:
            if layer.type in "ca":
                kernel = np.ravel(layer.kernelsize)
                rows, cols = rows - int(kernel[0]) + 1, cols - int(kernel[-1]) + 1
                near = cached // (rows * cols * len(layer.b) * case.x.itemsize)
                alone = alone or not near
                sides.add(np.sign(batch - max(near, 1)))
            elif layer.type == "s":
                scale = np.ravel(layer.scale)
                rows, cols = rows // int(scale[0]), cols // int(scale[-1])
    assert {-1, 1} <= sides and alone


def test_a_last_batch_may_be_smaller_and_large(large):
    left = [(case.opts.batchsize, case.x.shape[-1] % case.opts.batchsize) for case in large]
    assert any(batch > 100 for batch, _ in left) and any(rest > 30 for _, rest in left)
