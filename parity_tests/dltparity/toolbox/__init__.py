"""An edited copy of the toolbox: what was changed, what that does, and whether its gradients hold.

The copy's own code is run in Octave, as its owner would run it.
"""
