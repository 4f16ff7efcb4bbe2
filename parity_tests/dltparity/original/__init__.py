"""The toolbox's own .m files: pinned, fetched, read."""
