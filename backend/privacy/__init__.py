"""Personal data at rest: sealed under a key of its purpose, found again by a print, opened by whoever may know it.

Owns no table. Who may open what is decided by the package that keeps the sealed value.
"""
