"""The sweep as it is used: processes, a cluster, a kill, a replay."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from both_sides.ending import below, is_there, until
from dltparity import cli
from dltparity.cases import files
from dltparity.cases.random_cnn import wide_case
from dltparity.jobs import workers
from dltparity.sweep import campaign
from dltparity.sweep.job import Settings

pytestmark = pytest.mark.octave

SETTINGS = Settings(11, "acnn")


def without_time(results):
    return {r["net"]: {k: v for k, v in r.items() if k != "seconds"} for r in results}


@pytest.fixture(scope="module")
def expected():
    """Six nets, in this process."""
    return without_time(workers.here(SETTINGS, range(6)))


def test_nets_pass(expected):
    assert [result["verdict"] for result in expected.values()] == ["pass"] * 6
    assert sum(result["values"] for result in expected.values()) > 20_000


def test_processes_give_the_same_results(expected):
    assert without_time(workers.processes(SETTINGS, range(6), 2)) == expected


def test_a_cluster_gives_the_same_results(expected):
    distributed = pytest.importorskip("distributed")
    from dltparity.jobs.cluster import cluster

    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, dashboard_address=None, silence_logs=50
    ) as local:
        assert without_time(cluster(SETTINGS, range(6), local.scheduler_address)) == expected


def command(folder, nets, jobs):
    words = ("sweep", "--nets", nets, "--jobs", jobs, "--reference", "acnn", "--out", folder)
    return [sys.executable, "-m", "dltparity", *map(str, words)]


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs /proc to find the workers")
def test_a_sweep_that_is_killed_loses_nothing_and_repeats_nothing(tmp_path):
    log = tmp_path / "results.jsonl"
    running = subprocess.Popen(command(tmp_path, 24, 2), stdout=subprocess.DEVNULL)
    until(lambda: log.is_file() and log.read_bytes().count(b"\n") >= 8)
    processes = below(running.pid)
    assert len(processes) >= 4  # two workers, an Octave each
    running.send_signal(signal.SIGKILL)
    running.wait()
    kept = log.read_bytes()
    kept = kept[: kept.rfind(b"\n") + 1]
    until(lambda: not any(map(is_there, processes)))

    subprocess.run(command(tmp_path, 24, 2), check=True, stdout=subprocess.DEVNULL)
    assert log.read_bytes().startswith(kept)
    _, *results = [json.loads(line) for line in log.read_text().splitlines()]
    assert sorted(result["net"] for result in results) == list(range(24))
    assert json.loads((tmp_path / "summary.json").read_text())["verdict"] == "pass"


def test_a_case_file_is_run_again(tmp_path, capsys):
    files.save(tmp_path / "case.json", wide_case(11, 0))
    words = ["run", "--reference", "acnn", "--case-file", str(tmp_path / "case.json")]
    assert cli.main([*words, "--out", str(tmp_path)]) == 0
    entries = json.loads((tmp_path / "parity.json").read_text())["cases"]
    assert {(entry["name"], entry["verdict"]) for entry in entries} == {("sweep-11-0", "pass")}
    assert "PASS" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--nets", "0"], "expected a whole number from 1 on"),
        (["--jobs", "two"], "expected a whole number from 1 on"),
        (["--seed", "-1"], "expected"),
    ],
)
def test_wrong_numbers_are_refused(capsys, words, says):
    with pytest.raises(SystemExit) as error:
        cli.main(["sweep", *words])
    assert error.value.code == 2
    assert says in capsys.readouterr().err


def test_no_scheduler_there(tmp_path, capsys, monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr("dltparity.jobs.cluster._SECONDS", 0.5)
    words = ["sweep", "--cluster", "tcp://127.0.0.1:9", "--out", str(tmp_path)]
    assert cli.main([*words, "--reference", "acnn"]) == 2
    assert "no scheduler answers at tcp://127.0.0.1:9" in capsys.readouterr().err


def test_the_header_names_what_results_depend_on():
    head = campaign.header(SETTINGS)
    assert head["seed"] == 11
    assert len(head["depends_on"]["port"]) == 16
    assert campaign.header(Settings(12, "acnn")) != head
    assert head["original"].startswith("5df2801f2196")
