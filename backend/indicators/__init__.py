"""指标: figures with a definition, an n and their source rows, counted incrementally from what orders are.

`measures` are counted per order and day (`counting`), `registry` says what indicators are made of them by
`expressions`, `reading` adds them up. Others ask `queries`.
"""
