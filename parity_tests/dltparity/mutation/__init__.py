"""How many small faults in the port the tests find: its mutation score.

Cosmic Ray makes the mutants (`mutants`); each is judged in a process of its own (`trial`), first
by the stored traces of the original, then by the tests against the live reference, whose answers
are taken down once, before (`replay`). `equivalent.toml` names, with a reason, what no test could
find.
"""
