"""Do something with each of several orders, where one that fails holds up no other."""

from collections.abc import Awaitable, Callable, Iterable

from backend import logs

log = logs.get_logger()


async def count_done(order_ids: Iterable[int], act: Callable[[int], Awaitable[bool]], failure: str) -> int:
    """With how many it was done. `act`: a transaction of its own; False where there was nothing to do.

    `failure`: what the log calls it, with the id of the order.
    """
    done = 0
    for order_id in order_ids:
        try:
            done += await act(order_id)
        except Exception:
            log.exception(failure, order_id=order_id)
    return done
