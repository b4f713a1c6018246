"""What was read a moment ago, for everybody who asks for the same: a bounded number, in the memory of this process."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

T = TypeVar("T")


class RecentAnswers(Generic[T]):
    """Good for `life`, the longest unused go first. A key says whom an answer is for, if it is not for everybody."""

    def __init__(self, life: timedelta, most: int) -> None:
        self._life = life
        self._most = most
        self._answers: OrderedDict[Hashable, tuple[datetime, T]] = OrderedDict()

    async def get(self, key: Hashable, now: datetime, read: Callable[[], Awaitable[T]]) -> T:
        """The answer as it was read lately, or as it is read now. What raises is asked again."""
        known = self._answers.get(key)
        if known is not None and known[0] <= now < known[0] + self._life:
            self._answers.move_to_end(key)
            return known[1]
        answer = await read()
        self._answers[key] = now, answer
        self._answers.move_to_end(key)
        while len(self._answers) > self._most:
            self._answers.popitem(last=False)
        return answer
