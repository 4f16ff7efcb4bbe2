"""How many small faults in the port the tests find: its mutation score.

Cosmic Ray makes the mutants (`mutants`); each is judged in a process of its own (`trial`,
`judging`), first by stored traces, then by the tests against the live reference, whose answers are
taken down once, before (`answers`, `replay`); `plan` says which tests judge which file.
`equivalent/` names, with a reason, what no test could find (`excuses`). `score` holds it
together and keeps what is known of each file, so that only a changed file is judged again.
"""
