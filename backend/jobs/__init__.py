"""The queue on PostgreSQL: functions that run later, with retries, and functions that the clock starts.

`queue` puts jobs in, inside the caller's transaction; `runner` takes them out in the worker, with a `consumer` over the
`store`, and `retries` says what becomes of those that fail. Names are dotted (`push.notify_handler`), payloads are
JSON (ids). Handlers run at least once and must not mind running twice. A job that cannot be done just now raises
`TryLater`, or any `errors.Unavailable`: that costs it no attempt.
"""

from backend.jobs.errors import TryLater

__all__ = ["TryLater"]
