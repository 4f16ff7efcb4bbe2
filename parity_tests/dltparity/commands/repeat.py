"""The command line that repeats a request."""

import argparse
import shlex


def line(name, args, declare, positional=()):
    """Write the command line of a request, without what is the default.

    Parameters
    ----------
    name : str
        The command.
    args : argparse.Namespace
        What was asked for.
    declare : callable
        Declares the command's options on a parser.
    positional : sequence of str
        Arguments without a name, in their order.

    Returns
    -------
    str
        Quoted as a shell takes it.
    """
    parser = argparse.ArgumentParser(add_help=False)
    declare(parser)
    words = ["dltparity", name]
    for given, value in sorted(vars(args).items()):
        if given in positional or given == "command" or value == parser.get_default(given):
            continue
        option = f"--{given.replace('_', '-')}"
        if value is True:
            words.append(option)
        else:
            for each in value if isinstance(value, list) else [value]:
                words += [option, str(each)]
    return shlex.join([*words, *(str(getattr(args, each)) for each in positional)])
