"""The benchmark: one training step, by every contestant, in alternation."""
