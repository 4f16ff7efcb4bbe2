"""Line-level parity: every statement of the .m file beside the Python line that cites it.

The .m file is watched through an instrumented copy of it (`instrument`, `octave_side`), the
Python file through the interpreter's own tracing (`python_side`); `steps` compares the two.
"""
