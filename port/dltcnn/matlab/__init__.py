"""MATLAB's language with Octave's bits: it knows no network."""
