"""MATLAB's language with Octave's bits: it knows no network.

Import from here what a port of a MATLAB function needs; the modules sort it by topic.
"""
