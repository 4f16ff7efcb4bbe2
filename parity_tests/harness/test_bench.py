"""The benchmark: alternation, what its numbers mean, and the same step by every contestant."""

import json
from contextlib import ExitStack

import pytest

from dltparity.bench import (
    campaign,
    claims,
    goals,
    octave_steps,
    timing,
    worker,
)
from dltparity.bench.sizes import CLASSES, Size, sizes
from dltparity.cli import main
from dltparity.exit_codes import BROKEN, KEPT
from dltparity.original.cache import original
from dltparity.report import bench
from dltparity.report.bench_claims import verdict

# What importing and compiling with PyTorch warns of is not this project's.
torch_warns = pytest.mark.filterwarnings("ignore::DeprecationWarning:torch")
PLAN = {"threads": 1, "quick": True, "seconds": 0, "original": original()}


class Clock:
    """A clock that the contestants move."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now

    def contestant(self, seconds, calls):
        def run(steps):
            calls.append((seconds, steps))
            self.now += seconds * steps
            return seconds * steps

        return run


def test_contestants_alternate_and_short_steps_are_repeated():
    clock, calls = Clock(), []
    runs = {"slow": clock.contestant(1.0, calls), "quick": clock.contestant(0.001, calls)}
    found = timing.alternate(runs, 16, clock)
    assert found == {
        "slow": [1.0] * len(found["slow"]),
        "quick": pytest.approx([0.001] * len(found["quick"])),
    }
    slow, quick = (1.0, 1), (0.001, 20)
    # Each of them twice in a row: what comes first only warms it up.
    assert calls[3:15] == [quick] * 2 + [slow] * 4 + [quick] * 4 + [slow] * 2
    assert 3 <= len(found["slow"]) <= 9


def test_a_ratio_is_the_median_of_the_rounds():
    # The machine halves its speed half-way: the ratio stays, that of the medians would not.
    one, other = [1.0, 1.0, 2.0, 2.0, 2.0], [3.0, 3.0, 6.0, 6.0, 6.0]
    assert timing.ratio(other, one) == {"median": 3.0, "quartiles": [3.0, 3.0]}
    assert timing.slope([10, 100, 1000], [3, 300, 30000]) == pytest.approx(2)


def test_operations_are_those_of_the_direct_sums():
    net, _, _ = Size(batch=7, side=20, maps=(2, 3)).start()
    products = 0
    for number, rows in ((1, 16), (3, 4)):
        uses = 2 if number == 1 else 3
        products += uses * sum(k.size for row in net.layers[number].k for k in row) * rows**2
    products += 3 * net.ffW.size
    assert Size(batch=7, side=20, maps=(2, 3)).flops == 2 * 7 * products


def test_sizes_differ_from_the_example_along_one_axis():
    assert [size.cls for size in sizes(quick=True)] == list(CLASSES)
    full = sizes(quick=False)
    assert len(set(full)) == len(full) == 14
    for size in full:
        assert (size.batch != 50) + (size.side != 28) + (size.maps != (6, 12)) <= 1


@pytest.fixture(scope="module")
def octave():
    with ExitStack() as stack:
        yield worker._octave(PLAN, stack)


@torch_warns
@pytest.mark.octave
@pytest.mark.parametrize(("cls", "threads"), [("double", 1), ("single", 2)])
def test_every_contestant_takes_the_same_step(octave, cls, threads):
    size = Size(cls, 4, 16, (2, 3))
    running = {}
    for name, make in worker._contestants(size, PLAN | {"threads": threads}, octave).items():
        try:
            running[name] = make()
        except worker.Missing:
            continue
        running[name].run(1)
    assert "compiled" in running
    assert ({"acnn.m", "lines"} <= running.keys()) == (threads == 1), "these use one thread"
    worst = worker._check(size, running)
    assert worst.keys() == running.keys() and max(worst.values()) <= 1
    running["compiled"].run(1)
    assert worker._check(size, running)["compiled"] > 1, "a second step gives other weights"
    for contestant in running.values():
        contestant.close()


@pytest.mark.parametrize(("package", "called"), [("torch", "PyTorch"), ("jax", "JAX")])
def test_a_contestant_that_is_not_installed_is_named(package, called, monkeypatch):
    there = worker.find_spec
    monkeypatch.setattr(worker, "find_spec", lambda name: None if name == package else there(name))
    contestants = worker._contestants(Size("double", 4, 16, (2, 3)), PLAN, "there is no Octave")
    mine = {name: make for name, make in contestants.items() if name.startswith(package)}
    with ExitStack() as stack:
        _, refused = worker._running(mine, stack)
    assert mine and refused == dict.fromkeys(
        mine, f"{called} is not installed: pip install dltcnn[bench]"
    )


@torch_warns
def test_a_size_that_a_contestant_refuses_is_named():
    size = Size("double", 1, 16, (1, 1))
    result = worker._one_size(size, PLAN, "there is no Octave")
    assert result["refused"]["octave"] == "there is no Octave"
    assert "nonconformant" in result["refused"]["lines"]
    assert len(result["seconds"]["compiled"]) >= 3 and result["check"] == {} and result["peak"] > 0


@pytest.mark.octave
def test_claims_are_measured_on_both_sides(octave):
    rows = claims.gather(octave, 0)
    assert {row["side"] for row in rows} == {"Octave", "numpy"} and len(rows) == 12
    found = {(c["claim"], row["side"]) for row in rows for c in row["claims"]}
    assert ("inline is slower than a function", "Octave") in found
    assert ("sum blocks by a convolution with ones and every n-th sample", "numpy") in found
    others = {(*c["methods"], row["side"]) for row in rows for c in row["compared"]}
    assert ("kron, the stack as a matrix", "indexing", "Octave") in others
    text = bench.claims(rows)
    if "imresize, image by image" in rows[0]["skipped"]:
        assert "imresize" in text.partition("Skipped:")[2]


def test_a_method_with_another_result_is_not_timed():
    task = claims.tasks()[1]
    task.numpy["reshape and sum"] = lambda x: x[::2, ::2]
    with pytest.raises(AssertionError, match="downsampling by 2 by reshape and sum"):
        claims._in_numpy(task)


@pytest.mark.parametrize(
    ("quartiles", "wording"),
    [([0.5, 0.9], "holds"), ([1.1, 2], "does not hold"), ([0.9, 1.1], "makes no difference")],
)
def test_a_claim_holds_where_most_rounds_agree(quartiles, wording):
    assert verdict({"quartiles": quartiles}) == wording


def step(cls="double", threads=1, pin=None, check=0.5, **size):
    """A summed-up step, every contestant at a fixed multiple of the compiled engine."""
    times = {"octave": 40, "acnn.m": 30, "lines": 35, "compiled": 1, "torch manual": 2.6}
    size = {"cls": cls, "batch": 50, "side": 28, "maps": [6, 12], **size}
    seconds = {name: [t * 1e-3] * 5 for name, t in times.items()}
    result = {
        "size": size,
        "flops": Size(**size).flops,
        "seconds": seconds,
        "refused": {},
        "peak": 1e11,
    }
    result |= {"check": {"compiled": check}}
    result["refused"]["torch eager"] = "PyTorch is not installed"
    seconds["jax"] = [3.1e-3] * 5
    return campaign._summary(result) | {"threads": threads, "pin": pin}


def content(steps):
    found = {
        "schema": 1,
        "steps": steps,
        "provenance": {"cpu": "one"},
        "plots": [],
        "slopes": campaign._slopes(steps),
        "peaks": [
            {"batch": b, "images": b, "lines": 30 * b, "compiled": 20 * b + 5, "fields": 19 * b}
            for b in (50, 500)
        ],
        "images": [1000, 2000],
        "growth_seconds": [1.0, 2.3],
        "epochs": {
            "images": 60_000,
            "peak": 15 << 20,
            "timed": 10_000,
            "epoch": {"median": 1.09, "quartiles": [1.08, 1.1]},
            "seconds": {"epoch": 0.545, "steps": 0.5, "prediction": 0.125},
        },
    }
    return found | {"promises": goals.all_of(found)}


def test_promises_are_held_against_the_ratios():
    kept = {p["what"]: p["kept"] for p in content([step(), step("single")])["promises"]}
    octave = "{}, 1 thread(s): time of Octave, the original in units of the compiled engine's"
    assert kept[octave.format("double")] is True and kept[octave.format("single")] is False
    torch = "{}, 1 thread(s): PyTorch's best in units of the compiled engine's"
    assert kept[torch.format("double")] is True and kept[torch.format("single")] is True
    assert kept["double, 1 thread(s): time of the line-by-line port in units of Octave's, "
                "the original"] is True  # fmt: skip
    assert kept["time from 1,000 to 2,000 images: slope"] is False
    assert [k for what, k in kept.items() if "memory" in what] == [True, True, True]
    assert kept["time of an epoch of 10,000 images in units of its steps'"] is False


def test_the_report_says_what_was_slower():
    steps = [step(), step(batch=500), step(threads=2), step(pin="Haswell"), step(maps=[32, 64])]
    steps[-1]["to_compiled"]["torch manual"] = {"median": 0.8, "quartiles": [0.7, 0.9]}
    steps[1]["to_compiled"]["jax"] = {"median": 0.6, "quartiles": [0.5, 0.7]}
    text = bench.render(content(steps))
    assert "batch 50, 28x28, maps 32-64: PyTorch takes 0.80 of" in text
    assert "batch 500, 28x28, maps 6-12: JAX takes 0.60 of" in text and text.count(" takes ") == 2
    assert "| JAX, compiled" in text and "3.10 (3.10 to 3.10)" in text
    assert "**double, 1 thread, OPENBLAS_CORETYPE=Haswell** (5 rounds" in text
    assert "PyTorch is not installed" in text and "52.40" not in text
    assert "within the rounding bound" in text
    assert "epoch 0.545 s, the steps in it 0.500 s, their prediction 0.125 s." in text


def test_plots_are_drawn_where_matplotlib_is(tmp_path):
    plots = pytest.importorskip("dltparity.report.plots")
    pytest.importorskip("matplotlib", reason="plots need matplotlib, of the extra bench")
    names = plots.draw(tmp_path, content([step(), step(batch=500), step("single")]))
    assert names == ["bench-double.svg", "bench-single.svg"]
    assert all("<svg" in (tmp_path / name).read_text() for name in names)
    assert plots.draw(tmp_path, content([step()])) == []


@pytest.mark.parametrize(("check", "code"), [(0.5, KEPT), (1.5, BROKEN)])
def test_the_command_fails_where_a_contestant_takes_another_step(
    monkeypatch, tmp_path, capsys, check, code
):
    def results(plan, say):
        say("done")
        result = {
            "part": "steps",
            "size": {"cls": "double", "batch": 50, "side": 28, "maps": [6, 12]},
            "flops": 52_400_000,
            "seconds": {"compiled": [1e-3] * 5, "lines": [2e-2] * 5},
            "refused": {},
            "check": {"compiled": check},
            "peak": 1e11,
        }
        yield result

    monkeypatch.setattr(campaign, "_worker", results)
    assert main(["bench", "--quick", "--out", str(tmp_path)]) == code
    found = json.loads((tmp_path / "bench.json").read_text())
    assert found["steps"][0]["to_compiled"]["lines"]["median"] == pytest.approx(20)
    assert "not run: double, 1 thread(s)" in capsys.readouterr().out
    assert ("FAIL" in (tmp_path / "bench.md").read_text()) == (code == BROKEN)


def test_a_pin_is_measured_beside_its_removal(monkeypatch):
    monkeypatch.setenv(campaign.PIN, "Haswell")
    free, pinned = (campaign._plan(False, 1, pin, None) for pin in (None, "Haswell"))
    assert campaign.PIN not in campaign._environment(free)
    assert campaign._environment(pinned)[campaign.PIN] == "Haswell"
    assert campaign._environment(free)["OPENBLAS_NUM_THREADS"] == "1"
    assert campaign._environment(free)["NPROC"] == "1"
    assert "--xla_cpu_multi_thread_eigen=false" in campaign._environment(free)["XLA_FLAGS"].split()
    two = campaign._environment(campaign._plan(False, 2, None, None))
    assert two["NPROC"] == "2" and two.get("XLA_FLAGS") == campaign.os.environ.get("XLA_FLAGS")
    assert len(free["sizes"]) == 14 and len(pinned["sizes"]) == 2
    assert pinned["parts"] == ["steps"]
    assert campaign._kernels(1) == [None, "Haswell"] and campaign._kernels(2) == [None]


@pytest.mark.parametrize(("machine", "pins"), [("x86_64", ["Haswell"]), ("arm64", [])])
def test_without_a_pin_older_processors_kernels_are_measured(machine, pins, monkeypatch):
    monkeypatch.delenv(campaign.PIN, raising=False)
    monkeypatch.setattr(campaign.platform, "machine", lambda: machine)
    assert campaign._kernels(1) == [None, *pins]


def test_the_plan_is_worked_off_in_a_process_of_its_own():
    plan = campaign._plan(True, 1, None, None) | {"sizes": [], "parts": ["steps"]}
    assert list(campaign._worker(plan, print)) == []
    broken = plan | {"parts": ["nothing"]}
    with pytest.raises(campaign.RequestError, match="failed: KeyError: 'nothing'"):
        list(campaign._worker(broken, print))


@pytest.mark.octave
def test_octaves_blas_gets_the_threads():
    with octave_steps.session(original(), 1) as session:
        assert session.eval("disp(getenv('OPENBLAS_NUM_THREADS'))").strip() == "1"
