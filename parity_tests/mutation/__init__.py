"""How many small faults in the port the tests find: its mutation score.

Cosmic Ray makes the mutants (`mutants`). Each is judged in a process of its own (`trial`,
`processes`), first by stored traces, then by the tests against the live reference, whose answers
were taken down before (`octave_answers`). `plan` says which tests judge which module.
`equivalent/` names, with a reason, what no test could find (`excuses`). `score` holds it together
and keeps what is known of each module, so that only a changed one is judged again.
"""
