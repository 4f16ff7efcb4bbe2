"""Training as people do it: one loop around the step of a batch, whoever computes the step.

The loop draws the shuffles, takes the batches and keeps the smoothed loss as the toolbox's own
training functions do; it also reports, calls back, keeps checkpoints and stops at Ctrl-C.
"""
