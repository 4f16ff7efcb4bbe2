"""The command line that repeats a request."""

import argparse
import shlex


class _Declared(argparse.ArgumentParser):
    """Keeps what is declared on it."""

    def __init__(self):
        self.declared = []
        super().__init__(add_help=False)

    def add_argument(self, *names, **options):
        self.declared.append(super().add_argument(*names, **options))
        return self.declared[-1]


def line(name, args, declare):
    """Write the command line of a request, without what is the default.

    Parameters
    ----------
    name : str
        The command.
    args : argparse.Namespace
        What was asked for.
    declare : callable
        Declares the command's arguments on a parser.

    Returns
    -------
    str
        Quoted as a shell takes it.
    """
    parser = _Declared()
    declare(parser)
    words, last = ["dltparity", name], []
    for each in parser.declared:
        value = getattr(args, each.dest)
        if not each.option_strings:
            last.append(str(value))
        elif value is True:
            words.append(each.option_strings[-1])
        elif value != each.default:
            for one in value if isinstance(value, list) else [value]:
                words += [each.option_strings[-1], str(one)]
    return shlex.join([*words, *last])
