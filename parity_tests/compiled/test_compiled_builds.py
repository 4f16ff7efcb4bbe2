"""The builds for several processors, and any number of threads: the same bits."""

import ctypes
from types import SimpleNamespace

import nets
import numpy as np
import pytest

from dltcnn import OctaveRandom, compiled, functions
from dltcnn.compiled import library, plan
from dltparity.engines.same import differences

CLASSES = (np.float64, np.float32)


def builds():
    return library.runnable(library._library()[0])


@pytest.mark.parametrize("cls", CLASSES)
@pytest.mark.parametrize("images", [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33])
def test_builds_and_threads_give_the_same_bits(monkeypatch, cls, images):
    net, x, y, opts = nets.acnn(images=images, cls=cls)
    opts.batchsize = images
    found = []
    for build in builds():
        monkeypatch.setenv(library.CHOICE, build)
        for threads in (1, 2, 5):
            trained = functions.acnntrain(net, x, y, opts, OctaveRandom(1), False, threads=threads)
            found.append((trained, functions.acnntest(trained, x, y, threads=threads)))
    assert len(found) >= 3
    for trained, tested in found[1:]:
        assert not differences(found[0][0], trained)
        assert not differences(list(found[0][1]), list(tested))


@pytest.mark.parametrize(
    ("supported", "halves", "expected"),
    [
        (2, False, ["avx512", "avx512_256", "avx2", "baseline"]),
        (2, True, ["avx512_256", "avx512", "avx2", "baseline"]),
        (1, True, ["avx2", "baseline"]),
        (0, False, ["baseline"]),
    ],
)
def test_the_quickest_build_comes_first(supported, halves, expected):
    has = {f"dlt_block_double_{name}": None for name in library.BUILDS}
    machine = {"dlt_supports": lambda build: build <= supported, "dlt_halves": lambda: halves}
    assert library.runnable(SimpleNamespace(**has, **machine)) == expected
    del has["dlt_block_double_baseline"]
    assert library.runnable(SimpleNamespace(**has, **machine)) == expected[:-1]


def test_an_unknown_build_is_refused(monkeypatch):
    monkeypatch.setenv(library.CHOICE, "mmx")
    assert "'mmx'" in compiled.available()


@pytest.mark.parametrize("threads", [0, -1, 1.5, "2", True, None])
def test_threads_that_are_no_number_are_refused(threads):
    net, x, y, opts = nets.cnn()
    with pytest.raises(ValueError, match=r"threads=.* whole number from 1 on"):
        functions.cnntrain(net, x, y, opts, OctaveRandom(1), False, threads=threads)


@pytest.mark.parametrize("cls", CLASSES)
def test_the_own_exp_has_libms_bits(cls):
    compiled_library, _ = library._library()
    rng = np.random.default_rng(5)
    x = (rng.standard_normal(65536) * np.repeat([0.1, 2, 20, 90], 16384)).astype(cls)
    name = {np.float64: "double", np.float32: "single"}[cls]
    chosen = library.engine(cls)
    expected = library._called(compiled_library, f"sigm_libm_{name}_{chosen.build}", x)
    if chosen.exp != "libm":
        got = library._called(compiled_library, f"sigm_{name}_{chosen.exp}", x)
        assert got.tobytes() == expected.tobytes()


def test_an_exp_of_other_bits_is_not_used():
    compiled_library, table = library._library()
    candidates = builds()
    right = library._sigm(compiled_library, np.dtype(float), candidates)[0]
    wrong = table.copy()
    wrong[2 * 77] = 0  # one entry's rest: less than half a unit in the last place of its power
    try:
        compiled_library.dlt_set_exp_table(ctypes.c_void_p(wrong.ctypes.data))
        assert library._sigm(compiled_library, np.dtype(float), candidates)[0] == "libm"
    finally:
        compiled_library.dlt_set_exp_table(ctypes.c_void_p(table.ctypes.data))
    assert library._sigm(compiled_library, np.dtype(float), candidates)[0] == right


def test_structs_are_as_large_as_in_c():
    """plan.h has the same fields in the same order: numbers and addresses of eight bytes."""
    header = (library.SOURCES / "plan.h").read_text()
    for struct, name in ((plan._Stage, "Stage"), (plan._Plan, "Plan")):
        body = header[: header.index(f"}} {name};")].rsplit("typedef struct {", 1)[1]
        assert _names(body) == [field[0] for field in struct._fields_]


def _names(body):
    """List the fields of a C struct in their order."""
    lines = [line.split("/*")[0].strip() for line in body.splitlines()]
    text = " ".join(line for line in lines if line and not line.endswith("*/"))
    found = []
    for declaration in filter(None, (part.strip() for part in text.split(";"))):
        if "(*" in declaration:
            found.append(declaration.split("(*")[1].split(")")[0])
            continue
        words = declaration.replace("const ", "").split(None, 1)[1]
        found += [name.strip(" *") for name in words.split(",")]
    return found
