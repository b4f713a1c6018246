"""The ground under `make run` and `make test`: one Python, one private PostgreSQL, the web and the worker.

Only the standard library is used, because this runs before any package is installed.

`start` finds a Python and hands over to `__main__`; `run`, `checks`, `bench` and `reset` are the verbs.
`venv`, `postgres`, `packages` find or make what is missing; `state`, `home` say where things lie;
`cluster` is the database; `supervise` keeps web and worker alive; `processes`, `stop`, `progress` are the tools.
"""
