"""The original's files: where they are kept, and how they get there."""

import functools
import hashlib
import tempfile
from collections.abc import Callable
from pathlib import Path

from platformdirs import user_cache_path

from ..copies import private_copy
from ..errors import ReferenceMissingError, RequestError
from ..files import check_ends
from .git import GitError, git
from .pin import File, pinned

_ON_THE_PATH = "CNN", "util"
_LARGEST = 1 << 20  # bytes; the pinned files have some thousand
_CONTACT_SECONDS = 10
_DOWNLOAD_SECONDS = 600
_ELSEWHERE = "`dltparity fetch --from FOLDER_OR_URL` takes the files from elsewhere"


class UpstreamError(RequestError):
    """The original's files cannot be taken from this source."""


class OriginalMissing(ReferenceMissingError):  # noqa: N818
    """The original's files are not in the cache as they should be."""


def cache_folder() -> Path:
    """Return the folder that the original's files are kept in.

    Returns
    -------
    pathlib.Path
        In the user's cache folder; it need not exist.
    """
    return user_cache_path("dltcnn") / "upstream" / pinned().commit[:12]


def octave_paths(root: Path, names: tuple[str, ...] = _ON_THE_PATH) -> list[Path]:
    """Return folders for Octave's path: private copies of the original's, of the pinned files only.

    Parameters
    ----------
    root : pathlib.Path
        The folder of the original, from `original`.
    names : tuple of str
        Which of its folders.

    Returns
    -------
    list of pathlib.Path
        A folder of this process's own for each; what happens to the cache later does not matter.

    Raises
    ------
    OriginalMissing
        If a file is not the pinned one.
    """
    return [private_copy(name, _pinned_contents(root, name)) for name in names]


def _pinned_contents(root: Path, name: str) -> dict[str, bytes]:
    files = (file for file in pinned().files if file.path.startswith(f"{name}/"))
    return {file.name: _pinned_content(root, file) for file in files}


def _pinned_content(root: Path, file: File) -> bytes:
    """Read a file once; what was hashed is what is returned."""
    content = (root / file.path).read_bytes()
    if _sha256(content) != file.sha256:
        raise OriginalMissing(
            f"{root / file.path} is not the pinned file: `dltparity fetch` replaces it, and "
            f"{_ELSEWHERE}"
        )
    return content


def original() -> Path | None:
    """Return the folder of the original's files, every one of them checked.

    Returns
    -------
    pathlib.Path or None
        The cache folder; None if it lacks a file.

    Raises
    ------
    OriginalMissing
        If a file in it is not the pinned one, cannot be read, or has no business there.
    """
    root = cache_folder()
    try:
        if not all((root / file.path).is_file() for file in pinned().files):
            return None
        for file in pinned().files:
            _pinned_content(root, file)
        known = {root / file.path for file in pinned().files}
        for found in (entry for name in _ON_THE_PATH for entry in (root / name).iterdir()):
            # Octave would call it in place of a function of its own of that name.
            if found not in known and not found.name.startswith("."):
                raise OriginalMissing(f"{found} is not a pinned file: remove it")
    except OSError as error:
        raise OriginalMissing(
            f"{error.filename} cannot be read ({error.strerror}): make it readable"
        ) from None
    return root


def require_original() -> Path:
    """Return the folder of the original's files, or refuse.

    Returns
    -------
    pathlib.Path
        The cache folder.

    Raises
    ------
    OriginalMissing
        If it lacks a file, or as `original`.
    """
    root = original()
    if root is None:
        raise OriginalMissing(
            f"the original's files are not in {cache_folder()}: run `dltparity fetch`; {_ELSEWHERE}"
        )
    return root


def fetch(source: str | None = None) -> Path:
    """Put the original's files into the cache, every one of them checked.

    A cache that is complete is left as it is.

    Parameters
    ----------
    source : str, optional
        A Git URL, a Git folder (a bare one too) that holds the commit, or a plain copy of the
        toolbox. None: the public repository, which is not asked if the cache is complete.

    Returns
    -------
    pathlib.Path
        The cache folder.

    Raises
    ------
    UpstreamError
        If the source cannot be read, lacks a file or has another one, or the cache cannot be
        written; the cache is then what it was.
    """
    if source is None and _cached():
        return cache_folder()
    source = pinned().repository if source is None else source
    with tempfile.TemporaryDirectory() as scratch:
        read = _reader(source, scratch)
        contents = {file.path: read(file.path) for file in pinned().files}
    _check(contents, source)
    if not _cached():
        _install(contents)
    return cache_folder()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _cached() -> bool:
    try:
        return original() is not None
    except OriginalMissing:
        return False


def _reader(source: str, scratch: str) -> Callable[[str], bytes]:
    """Return what reads a file, given its path, from the source."""
    folder = Path(source.removeprefix("file://"))
    if folder.is_dir():
        for store in (folder / ".git", folder):
            if _has_commit(store):
                return functools.partial(_read_blob, store, source)
        if (folder / "HEAD").is_file():
            return functools.partial(_read_blob, folder, source)
        return functools.partial(_read_file, folder)
    if ":" not in source or folder.exists():
        raise UpstreamError(
            f"{source} is neither a folder nor a Git URL: name a Git URL, a Git folder, or a copy "
            "of the toolbox (the folder that holds CNN and util)"
        )
    _download(source, scratch)
    return functools.partial(_read_blob, Path(scratch), source)


def _has_commit(store: Path) -> bool:
    try:
        git("--git-dir", str(store), "cat-file", "-e", f"{pinned().commit}^{{commit}}")
    except GitError:
        return False
    return True


def _download(url: str, scratch: str) -> None:
    """Fetch the commit, without its large files where the server can leave them out."""
    here = ("--git-dir", scratch)
    try:
        git("ls-remote", "--", url, "HEAD", seconds=_CONTACT_SECONDS)
        git(*here, "init", "--quiet", "--bare")
        git(*here, "remote", "add", "--", "origin", url)
        shallow = ("--quiet", "--no-tags", "--depth=1", "--filter=blob:limit=1m")
        git(*here, "fetch", *shallow, "origin", pinned().commit, seconds=_DOWNLOAD_SECONDS)
    except GitError as error:
        raise UpstreamError(f"{url} cannot be reached ({error}): {_ELSEWHERE}") from None


def _read_blob(store: Path, source: str, path: str) -> bytes:
    try:
        return git("--git-dir", str(store), "cat-file", "blob", f"{pinned().commit}:{path}")
    except GitError as error:
        raise UpstreamError(
            f"{path} cannot be read from {source} ({error}): name a source that holds the commit "
            f"{pinned().commit}"
        ) from None


def _read_file(folder: Path, path: str) -> bytes:
    try:
        check_ends(folder / path)
        with (folder / path).open("rb") as file:
            return file.read(_LARGEST)
    except OSError as error:
        raise UpstreamError(
            f"{path} cannot be read from {folder} ({error.strerror}): name a complete copy of "
            "the toolbox (the folder that holds CNN and util)"
        ) from None


def _check(contents: dict[str, bytes], source: str) -> None:
    """Refuse a source with other files than the pinned ones; the message names them all."""
    wrong = [file for file in pinned().files if _sha256(contents[file.path]) != file.sha256]
    edited = [file.path for file in wrong if not _is_crlf(file, contents[file.path])]
    endings = [file.path for file in wrong if file.path not in edited]
    if edited:
        verb = "is not the pinned file" if len(edited) == 1 else "are not the pinned files"
        raise UpstreamError(
            f"{', '.join(edited)} in {source} {verb}: name a copy of commit "
            f"{pinned().commit[:12]}; what an edited copy of the toolbox does is said by "
            "`dltparity toolbox FOLDER`"
        )
    if endings:
        verb = "has" if len(endings) == 1 else "have"
        raise UpstreamError(
            f"{', '.join(endings)} in {source} {verb} CRLF line endings where the pinned files "
            "have LF: name a copy whose line endings were left alone, or a Git folder"
        )


def _is_crlf(file: File, content: bytes) -> bool:
    return _sha256(content.replace(b"\r\n", b"\n")) == file.sha256


def _install(contents: dict[str, bytes]) -> None:
    """Write a folder beside the cache folder and put it in that one's place."""
    target = cache_folder()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".fetch-") as beside:
            for path, content in contents.items():
                copy = Path(beside, "new", path)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(content)
            if target.exists():
                target.rename(Path(beside, "old"))
            Path(beside, "new").rename(target)
    except OSError as error:
        if not _cached():  # else another process was quicker
            raise UpstreamError(
                f"the cache {target} cannot be written ({error.strerror}): make it writable, or "
                "let XDG_CACHE_HOME name a folder that is"
            ) from None
