"""The subcommands of dltparity, one file each.

Each has ``SUMMARY``, ``arguments(parser)``, which declares its options, and ``command(args)``,
which does the work and returns the exit code.
"""
