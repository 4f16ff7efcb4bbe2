"""Oracles for the acnn functions: evaluations that share no code with either side.

Each takes the fields of a net after acnnbp and gives field path -> value. What they take from the
net are its weights and, for the direct sums, the operands of the step that is checked.
"""
