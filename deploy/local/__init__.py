"""The ground under `make run` and `make test`: one Python, one private PostgreSQL, the web and the worker.

Only the standard library is used, because this runs before any package is installed.

`start` finds a Python and hands over to `__main__`. The verbs: `run`, `checks`, `bench`, `reset`.
What is missing is found or made by `venv`, `postgres`, `packages` (apt), `systems` (what to type), `browser`.
Where things lie: `state`, `home`. The database: `database` makes one run by `account` as a `cluster`, `provision`
fills it. `supervise` keeps each `child` alive; `leftovers` ends what a killed run left behind.
Around them: `instance` (found and lent by `command` and the command `yima`), `node` (packages of npm), `scripts` (those
of the pages, checked), `miniprogram` (checked, compiled, tested).
Tools: `settings`, `processes`, `stop`, `progress`, `trouble`.
"""
