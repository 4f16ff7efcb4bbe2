"""A misspelt name and the name that was meant."""

import difflib

_ALIKE = 0.75  # of 1: "kernel" and "kernelsize" are


def nearest(name, known):
    """Return the name that was probably meant.

    Parameters
    ----------
    name : str
        What was given; capitals and underscores do not count.
    known : iterable of str
        What there is.

    Returns
    -------
    str or None
        The nearest of them; None where none is near, as for names of one letter.
    """
    plain = {_plain(each): each for each in sorted(known) if len(each) > 1}
    found = _plain(name) if _plain(name) in plain else None
    long = [each for each in plain if len(each) > 3]
    near = [found] if found else difflib.get_close_matches(_plain(name), long, 1, _ALIKE)
    return plain[near[0]] if near else None


def meant(name, known):
    """Return the end of a message that names the nearest: " (scale is meant?)", or nothing."""
    near = nearest(name, known)
    return f" ({near} was meant?)" if near else ""


def _plain(name):
    return name.replace("_", "").lower()
