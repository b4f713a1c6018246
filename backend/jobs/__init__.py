"""The queue on PostgreSQL: functions that run later, with retries, and functions that the clock starts.

`queue` puts jobs in, inside the caller's transaction; `runner` takes them out in the worker. Names are dotted
(`push.tell_handler`), payloads are small JSON (ids). Handlers run at least once and must not mind running twice.
"""
