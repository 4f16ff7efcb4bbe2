"""A user's own net, from a .mat file, through Octave and through the port."""
