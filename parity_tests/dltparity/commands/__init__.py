"""The subcommands of dltparity: a module each, found by their being here.

Each has ``ORDER``, its place in ``dltparity --help``; ``SUMMARY``, a line on what it does;
``EXAMPLES``, of which each can be typed; ``arguments(parser)``, which declares its options; and
``command(args)``, which does the work, gives the result and the verdict to ``args.say``, and
returns the exit code.
"""
