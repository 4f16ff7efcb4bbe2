"""A session of GNU Octave."""
