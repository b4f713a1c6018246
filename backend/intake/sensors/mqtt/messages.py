"""Messages as they came from the broker, and what waits of them, in their order and not too many."""

from collections import deque
from typing import NamedTuple

MESSAGES_MOST = 2_000
BYTES_MOST = 16 * 1024 * 1024
_OVERHEAD_BYTES = 400


class BrokerMessage(NamedTuple):
    """`session`: the connection that it came over; a number is an acknowledgement's there and nowhere else."""

    topic: str
    body: bytes
    number: int
    qos: int
    session: int

    @property
    def size(self) -> int:
        return len(self.body) + len(self.topic) + _OVERHEAD_BYTES


class Backlog:
    """What has come and is not taken yet. Full, it is for the connection to read no more.

    A broker is no guard of it: mosquitto 2.0.11 sends a whole window more for each acknowledgement, whatever Receive
    Maximum says (findings/mosquitto_sends_a_window_for_each_puback.sh).
    """

    def __init__(self, most: int = MESSAGES_MOST, most_bytes: int = BYTES_MOST) -> None:
        self._most, self._most_bytes = most, most_bytes
        self._waiting: deque[BrokerMessage] = deque()
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def is_full(self) -> bool:
        return len(self._waiting) >= self._most or self._bytes >= self._most_bytes

    @property
    def is_half_empty(self) -> bool:
        return 2 * len(self._waiting) <= self._most and 2 * self._bytes <= self._most_bytes

    def add(self, message: BrokerMessage) -> None:
        self._waiting.append(message)
        self._bytes += message.size

    def take(self, most: int) -> list[BrokerMessage]:
        """The oldest."""
        taken = [self._waiting.popleft() for _ in range(min(most, len(self._waiting)))]
        self._bytes -= sum(message.size for message in taken)
        return taken
