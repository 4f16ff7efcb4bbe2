"""Oracles for the acnn functions: evaluations that share no code with the port or the .m files.

Each is given the fields of a net after acnnbp and returns field path -> value. It uses the weights
and, for the direct sums, the operands of the step that is checked.
"""
