"""Where the package finds the files that are not Python."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def matlab_ref() -> Path:
    """Return the `matlab_ref` folder.

    Returns
    -------
    pathlib.Path
        The folder inside the installed package, or that of the checkout the package lies in.

    Raises
    ------
    FileNotFoundError
        If neither is there.
    """
    installed = _PACKAGE / "matlab_ref"
    checkout = _PACKAGE.parents[1] / "matlab_ref"
    for folder in (installed, checkout):
        if (folder / "probes").is_dir():
            return folder
    raise FileNotFoundError(
        f"the matlab_ref folder is missing: looked for {installed} and {checkout}; "
        "install dltcnn again, or use a complete checkout"
    )
