"""A view -> one HTML file: templates, style and script in it."""

import base64
import hashlib
import re
from functools import cache

from markupsafe import Markup, escape

from ..story import counted, visible

_HEXADECIMAL = re.compile(r"-?0x[01]\.[0-9a-f]+p[+-]\d+")


def render(template, **view):
    """Write a page.

    Parameters
    ----------
    template : str
        Name of a file in `templates/`.
    view : dict
        What it shows. Text that is no `Markup` is escaped, whatever it holds.

    Returns
    -------
    str
        HTML with all that it needs.
    """
    environment = ready()
    script = _source("page.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return environment.get_template(template).render(
        **view, style=Markup(_source("page.css")), script=Markup(script), script_hash=digest
    )


@cache
def ready():
    """Load what pages need: slow, so that it is done only where there will be one.

    Returns
    -------
    jinja2.Environment
        The templates.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader(__package__, "templates"),
        autoescape=True,
        finalize=shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "figure": figure,
        "count": count,
        "counted": counted,
        "decimals": decimals,
        "coded": coded,
    }
    return environment


def _source(name):
    return ready().loader.get_source(ready(), name)[0]


def shown(value):
    """Make text visible: what controls the direction or the terminal is written as an escape."""
    if value is None:
        return ""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def figure(x, digits=3):
    """Write a number short; what is no number as it is."""
    if x is None:
        return ""
    try:
        x = float(x)
    except (TypeError, ValueError):
        return str(x)
    return "0" if x == 0 else f"{x:.{digits}g}"


def count(x):
    """Write a whole number with commas; what is none as it is."""
    return f"{x:,}" if isinstance(x, int) else x


def coded(text):
    """Set what a sentence has between backticks as code."""
    parts = escape(shown(text)).split("`")
    if len(parts) % 2 == 0:
        return Markup("`").join(parts)
    code = Markup("<code>{}</code>")
    return Markup("").join(code.format(x) if n % 2 else x for n, x in enumerate(parts))


def decimals(text):
    """Write the decimal value behind each hexadecimal one in a sentence."""
    return _HEXADECIMAL.sub(lambda found: f"{found[0]} ({float.fromhex(found[0])!r})", text)
