"""Work that takes long, in numbered pieces: done here, on processes or on a cluster, and kept.

A task is an object with ``do(number)``, which does a piece and returns its result as JSON types,
and ``close()``, which ends what it has opened in the thread; processes get a copy of it.
"""
