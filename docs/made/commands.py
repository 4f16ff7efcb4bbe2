"""What `dltparity COMMAND --help` prints, for every command."""

import io
from contextlib import redirect_stdout, suppress

from dltparity import cli


def helps():
    """Write a section for each command, as Markdown."""
    names = [module.__name__.rpartition(".")[2] for module in cli._commands()]
    return "\n\n".join(f"## dltparity {name}\n\n```text\n{_help(name)}\n```" for name in names)


def _help(name):
    said = io.StringIO()
    with redirect_stdout(said), suppress(SystemExit):
        cli.main([name, "--help"])
    return said.getvalue().rstrip()
