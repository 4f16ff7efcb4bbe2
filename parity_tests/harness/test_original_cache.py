"""The cache of the original: nothing but the pinned files gets into it or out of it."""

import hashlib
import os
import shutil
import socket
import subprocess
import time

import pytest

from dltparity.original import cache as upstream
from dltparity.original import git as git_module
from dltparity.original.pin import File, Upstream

FILES = {"CNN/one.m": b"x = 1;\ny = 2;\n", "util/two.m": b"z = 3;\n", "tests/three.m": b"one\n"}
LARGE = "data/large.bin"

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def write(folder, files):
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def git(*arguments):
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "core.autocrlf=false")
    run = subprocess.run(["git", *identity, *map(str, arguments)], check=True, capture_output=True)
    return run.stdout.decode().strip()


@pytest.fixture
def toolbox(tmp_path):
    """Return a plain copy of a small toolbox."""
    return write(tmp_path / "toolbox", FILES)


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """Pin the small toolbox, with an empty cache; return where its folder will be."""
    pin("0" * 40, monkeypatch)
    monkeypatch.setattr(upstream, "user_cache_path", lambda name: tmp_path / "cache" / name)
    return upstream.cache_folder()


@pytest.fixture
def repository(toolbox, cache, monkeypatch):
    """Return the small toolbox as a Git work tree whose commit is pinned but not its last."""
    write(toolbox, {LARGE: bytes(2_000_000)})
    git("init", "-q", toolbox)
    git("-C", toolbox, "add", "--all")
    git("-C", toolbox, "commit", "-q", "-m", "first")
    pin(git("-C", toolbox, "rev-parse", "HEAD"), monkeypatch)
    write(toolbox, {"CNN/one.m": b"later\n"})
    git("-C", toolbox, "commit", "-q", "-a", "-m", "second")
    return toolbox


def pin(commit, monkeypatch):
    files = tuple(
        File(path, hashlib.sha256(content).hexdigest(), (1,)) for path, content in FILES.items()
    )
    small = Upstream("https://toolbox.invalid/repository", commit, files)
    monkeypatch.setattr(upstream, "pinned", lambda: small)


def cached():
    """Return what the cache holds, temporary files included."""
    top = upstream.cache_folder().parent
    files = (path for path in top.rglob("*") if path.is_file())
    return {str(path.relative_to(upstream.cache_folder())): path.read_bytes() for path in files}


def refuse(source, *words):
    """Check that the source is refused in one sentence and that the cache stays as it is."""
    before = cached()
    with pytest.raises(upstream.UpstreamError) as caught:
        upstream.fetch(None if source is None else str(source))
    for word in words:
        assert word in str(caught.value)
    assert "\n" not in str(caught.value)
    assert cached() == before


# The cache


def test_cache_folder_is_the_users_and_named_by_the_commit(monkeypatch, tmp_path):
    monkeypatch.setattr(upstream, "user_cache_path", lambda name: tmp_path / name)
    assert upstream.cache_folder() == tmp_path / "dltcnn" / "upstream" / "5df2801f2196"


def test_an_empty_cache_is_no_original(cache):
    assert upstream.original() is None
    with pytest.raises(upstream.OriginalMissing, match=r"run `dltparity fetch`.*--from"):
        upstream.require_original()


def test_an_incomplete_cache_is_no_original(cache, toolbox):
    upstream.fetch(str(toolbox))
    (cache / "tests/three.m").unlink()
    assert upstream.original() is None


@pytest.mark.parametrize("path", ["CNN/one.m", "util/sum.m"])
def test_a_changed_or_added_file_in_the_cache_is_refused_by_name(cache, toolbox, path):
    upstream.fetch(str(toolbox))
    (cache / path).write_bytes(b"changed")
    with pytest.raises(upstream.OriginalMissing, match=path):
        upstream.original()


def test_a_good_source_repairs_the_cache(cache, toolbox):
    upstream.fetch(str(toolbox))
    (cache / "CNN/one.m").write_bytes(b"changed")
    upstream.fetch(str(toolbox))
    assert cached() == FILES


# Sources


def test_a_plain_folder(cache, toolbox):
    assert upstream.fetch(str(toolbox)) == cache == upstream.original()
    assert upstream.require_original() == cache
    assert cached() == FILES
    copies = upstream.octave_paths(cache)
    assert [folder.name for folder in copies] == ["CNN", "util"]
    assert [path.read_bytes() for folder in copies for path in folder.iterdir()] == [
        FILES["CNN/one.m"],
        FILES["util/two.m"],
    ]
    assert not any(folder.is_relative_to(cache) for folder in copies)


def test_only_the_pinned_files_are_taken(cache, toolbox):
    write(toolbox, {"util/other.m": b"other"})
    upstream.fetch(str(toolbox))
    assert cached() == FILES


def test_a_complete_cache_needs_no_network(cache, toolbox, monkeypatch):
    upstream.fetch(str(toolbox))
    monkeypatch.setenv("PATH", "")
    assert upstream.fetch() == cache


@needs_git
def test_a_work_tree_gives_the_commit_and_not_its_files(repository):
    upstream.fetch(str(repository))
    assert cached() == FILES


@needs_git
def test_a_linked_work_tree(repository, tmp_path):
    git("-C", repository, "worktree", "add", "-q", tmp_path / "linked")
    upstream.fetch(str(tmp_path / "linked"))
    assert cached() == FILES


@needs_git
@pytest.mark.parametrize("prefix", ["", "file://"])
def test_a_bare_folder_without_the_objects_of_other_files(repository, tmp_path, prefix):
    bare = tmp_path / "bare.git"
    git("clone", "-q", "--bare", repository, bare)
    for pack in list(bare.glob("objects/pack/*.pack")):
        subprocess.run(
            ["git", "-C", bare, "unpack-objects", "-q"], input=pack.read_bytes(), check=True
        )
    blob = git("-C", bare, "rev-parse", f"HEAD:{LARGE}")
    (bare / "objects" / blob[:2] / blob[2:]).unlink()
    upstream.fetch(f"{prefix}{bare}")
    assert cached() == FILES


@pytest.fixture
def public(repository, monkeypatch):
    """Return the repository, reached under the pinned public address."""
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", f"url.file://{repository}.insteadOf")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", upstream.pinned().repository)
    return repository


@needs_git
@pytest.mark.parametrize("can_filter", ["true", "false"])
def test_the_public_repository_is_the_default(public, can_filter):
    git("-C", public, "config", "uploadpack.allowFilter", can_filter)
    upstream.fetch()
    assert cached() == FILES


@needs_git
def test_a_copy_inside_another_repository_is_a_plain_folder(cache, toolbox, tmp_path):
    git("init", "-q", tmp_path)
    upstream.fetch(str(toolbox))
    assert cached() == FILES


@needs_git
def test_a_copy_under_a_history_of_its_own_is_a_plain_folder(cache, toolbox):
    git("init", "-q", toolbox)
    upstream.fetch(str(toolbox))
    assert cached() == FILES


# Refusals


@pytest.mark.parametrize("fill", [False, True], ids=["empty cache", "good cache"])
@pytest.mark.parametrize(
    ("path", "content", "words"),
    [
        ("CNN/one.m", b"changed\n", "is not the pinned file"),
        ("util/two.m", b"z = 3;\r\n", "CRLF line endings"),
        ("tests/three.m", None, "No such file"),
    ],
)
def test_a_wrong_or_missing_file_is_refused_by_name(cache, toolbox, fill, path, content, words):
    if fill:
        upstream.fetch(str(toolbox))
    if content is None:
        (toolbox / path).unlink()
    else:
        (toolbox / path).write_bytes(content)
    refuse(toolbox, path, words)


@needs_git
def test_a_bare_folder_without_the_commit(repository, tmp_path):
    git("init", "-q", "--bare", tmp_path / "bare.git")
    refuse(tmp_path / "bare.git", "CNN/one.m", "name a source that holds the commit")


@needs_git
def test_a_commit_with_another_file(repository, monkeypatch):
    pin(git("-C", repository, "rev-parse", "HEAD"), monkeypatch)
    refuse(repository, "CNN/one.m", "is not the pinned file")


@pytest.mark.parametrize("source", ["no-such-folder", __file__])
def test_neither_folder_nor_url(cache, source):
    refuse(source, source, "neither a folder nor a Git URL")


@needs_git
def test_an_unreachable_address_says_what_to_do(cache):
    refuse("http://127.0.0.1:9/x", "cannot be reached", "dltparity fetch --from")


@needs_git
def test_an_address_that_never_answers_is_given_up(cache, monkeypatch):
    monkeypatch.setattr(upstream, "_CONTACT_SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        begin = time.monotonic()
        refuse(f"http://127.0.0.1:{silent.getsockname()[1]}/x", "no answer within 0.5 s")
    assert time.monotonic() - begin < 5


def test_without_git(cache, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    refuse(None, "git does not start, is it installed?", "dltparity fetch --from")


def test_a_cache_that_cannot_be_written(cache, toolbox, tmp_path):
    (tmp_path / "cache").write_text("a file where the folder should be")
    refuse(toolbox, str(cache), "cannot be written", "XDG_CACHE_HOME")


@needs_git
@pytest.mark.parametrize("name", ["GIT_DIR", "GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY"])
def test_git_does_not_follow_the_variables_of_a_hook(public, monkeypatch, name):
    monkeypatch.setenv(name, os.devnull)
    upstream.fetch()
    assert cached() == FILES


@needs_git
def test_git_never_asks(monkeypatch):
    monkeypatch.setenv("GIT_ASKPASS", "false")
    shown = git_module.git("-c", "alias.show-env=!env", "show-env").decode().splitlines()
    assert {"GIT_TERMINAL_PROMPT=0", "GIT_ASKPASS=", "SSH_ASKPASS_REQUIRE=never"} <= set(shown)


@needs_git
def test_git_says_why_it_failed():
    with pytest.raises(git_module.GitError, match=r"^why$"):
        git_module.git("-c", "alias.f=!printf 'warning\\nfatal: why\\nhint\\n' >&2; false", "f")
