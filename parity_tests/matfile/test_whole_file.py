"""A file is written whole or not at all."""

import errno
import os
import stat
import threading

import pytest

from dltcnn import Layer, Net
from dltcnn.matfile import load_net, save_net, whole_file

NET = Net([Layer("i"), Layer("s", scale=2)])


def test_what_fails_on_the_way_leaves_the_earlier_file(tmp_path):
    path = tmp_path / "net.mat"
    save_net(path, NET)
    before = path.read_bytes()

    def pieces():
        yield b"half"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        whole_file.write(path, pieces())
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["net.mat"]


def test_a_full_disk_is_named(tmp_path):
    def pieces():
        yield b"half"
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(OSError, match=r"net.mat cannot be written \(No space left on device\)"):
        whole_file.write(tmp_path / "net.mat", pieces())
    assert not list(tmp_path.iterdir())


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "link.mat").symlink_to(tmp_path / "net.mat")
    save_net(tmp_path / "link.mat", NET)
    assert (tmp_path / "link.mat").is_symlink()
    assert load_net(tmp_path / "net.mat") == NET


def test_permissions_are_those_of_other_files(tmp_path):
    mask = os.umask(0o027)
    try:
        save_net(tmp_path / "net.mat", NET)
        assert stat.S_IMODE((tmp_path / "net.mat").stat().st_mode) == 0o640
        (tmp_path / "net.mat").chmod(0o600)
        save_net(tmp_path / "net.mat", NET)
        assert stat.S_IMODE((tmp_path / "net.mat").stat().st_mode) == 0o600
    finally:
        os.umask(mask)


def test_a_device_is_not_replaced(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="no plain file"):
        save_net(tmp_path / "pipe", NET)
    assert (tmp_path / "pipe").is_fifo()


def test_several_may_save_at_once(tmp_path):
    threads = [
        threading.Thread(target=save_net, args=(tmp_path / "net.mat", NET)) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert load_net(tmp_path / "net.mat") == NET
    assert [each.name for each in tmp_path.iterdir()] == ["net.mat"]
