"""Processes beside each other end with the one that started them, also when that one is killed."""

import os
from multiprocessing import connection, parent_process
from threading import Thread


def end_with_parent() -> None:
    """What each process of a pool does first; a killed parent cannot tell its children anything."""
    parent = parent_process()
    assert parent is not None
    Thread(target=_await, args=(parent.sentinel,), daemon=True).start()


def _await(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
