"""Makes all figures and tables."""

from pathlib import Path

from . import commands, equations, pictures, ported, speed


def make(folder):
    """Write all of them to a folder.

    Parameters
    ----------
    folder : Path
        Where they go; what is there is written anew.

    Raises
    ------
    NoOctave, OriginalMissing
        If Octave or the original's files are not here: `make setup` and `dltparity fetch`.
    """
    folder = Path(folder)
    folder.mkdir(exist_ok=True)
    pages = {
        "ported-cnnff.html": ported.table("cnnff"),
        "ported-cnnapplygrads.html": ported.table("cnnapplygrads"),
        "equations.md": equations.table(),
        "speed.md": speed.table(),
        "commands.md": commands.helps(),
    }
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    pictures.draw(folder)
