"""What `dltparity COMMAND --help` prints, for every command."""

import io
from contextlib import redirect_stdout, suppress
from importlib import import_module
from pkgutil import iter_modules

from dltparity import cli, commands


def helps():
    """Write a section for each command, as Markdown."""
    found = [each.name for each in iter_modules(commands.__path__)]
    modules = {name: import_module(f"{commands.__name__}.{name}") for name in found}
    names = [name for name, module in modules.items() if hasattr(module, "ORDER")]
    names.sort(key=lambda name: modules[name].ORDER)
    return "\n\n".join(f"### dltparity {name}\n\n```text\n{_help(name)}\n```" for name in names)


def _help(name):
    wording = io.StringIO()
    with redirect_stdout(wording), suppress(SystemExit):
        cli.main([name, "--help"])
    return wording.getvalue().rstrip()
