"""Random nets by the thousand, on both sides.

`job` draws one net and judges it, `shrink` makes a failing one small, `log` keeps the results,
`workers` and `cluster` spread the jobs, `campaign` holds it together.
"""
