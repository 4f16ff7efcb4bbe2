"""A first difference, written out: place, lines and both values."""

import numpy as np

from .listing import cited


def divergence(first, where, class_name="double"):
    """Write a first difference out.

    Parameters
    ----------
    first : dict
        'field', 'index' (MATLAB's), 'line', 'reference', 'port', 'problem' and 'bound_ratio', as
        far as they are known.
    where : str
        Case and sides.
    class_name : {'double', 'single'}
        The class of the arithmetic.

    Returns
    -------
    dict
        What the page shows of it.
    """
    index = first.get("index")
    sides = [(side, value(first.get(side), class_name)) for side in ("reference", "port")]
    return {
        "where": where,
        "field": first.get("field"),
        "matlab": index and f"({', '.join(map(str, index))})",
        "python": index and f"[{', '.join(str(n - 1) for n in index)}]",
        "line": first.get("line"),
        "cited": cited(first.get("line")),
        "sides": [each for each in sides if each[1]],
        "apart": _apart(*(each for _, each in sides)),
        "problem": first.get("problem"),
        "ratio": first.get("bound_ratio"),
        "note": "",
    }


def value(text, class_name="double"):
    """Read a value as a report has it.

    Parameters
    ----------
    text : str or None
        Hexadecimal, or a whole number.
    class_name : {'double', 'single'}
        Its class.

    Returns
    -------
    dict or None
        'hex', 'decimal' (as many digits as tell it from all others of its class) and 'number'.
    """
    if text is None:
        return None
    try:
        number = float.fromhex(text)
    except (ValueError, OverflowError):
        return {"hex": text, "decimal": text, "number": None}
    single = np.float32(number) if class_name == "single" else None
    exact = single is not None and (float(single) == number or np.isnan(single))
    return {"hex": text, "decimal": str(single) if exact else repr(number), "number": number}


def _apart(a, b):
    if not (a and b) or a["number"] is None or b["number"] is None:
        return None
    with np.errstate(all="ignore"):
        return abs(float(np.float64(a["number"]) - np.float64(b["number"])))
