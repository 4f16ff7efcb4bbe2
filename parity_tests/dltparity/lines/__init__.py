"""Comparison line by line: every statement of a .m file with the Python line that cites it.

An instrumented copy of the .m file tells what its statements set (`instrument`, `octave_side`), the
interpreter's own tracing does so for the Python file (`python_side`); `steps` compares the two.
"""
