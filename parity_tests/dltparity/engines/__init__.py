"""The compiled engine against the line-by-line functions, on drawn nets.

`cases` draws them, `compared` runs one through both engines, `same` compares what comes out, and
`campaign` does that for many.
"""
