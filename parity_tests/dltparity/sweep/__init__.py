"""Random nets by the thousand, in Octave and in the port.

`job` draws one net and judges it, `shrink` makes a failing one small, `campaign` holds it together.
"""
