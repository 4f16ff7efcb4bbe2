"""Text files that are written whole, or not at all."""

import os


def write(texts):
    """Write files; earlier ones stay until all new ones are complete.

    Parameters
    ----------
    texts : dict of Path to str
        Their contents; the folders are there.

    Raises
    ------
    OSError
        If one cannot be written; nothing half-written is left.
    """
    parts = {path.with_name(f".{path.name}.{os.getpid()}.part"): path for path in texts}
    try:
        for part, path in parts.items():
            if path.is_dir():
                raise IsADirectoryError(None, "it is a folder", path)
            part.write_text(texts[path], encoding="utf-8")
        for part, path in parts.items():
            part.replace(path)
    finally:
        for part in parts:
            part.unlink(missing_ok=True)
