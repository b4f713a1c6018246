"""Tiles that this process has at hand, packed: a bounded number of bytes, the longest unused go first."""

from collections import OrderedDict
from collections.abc import Hashable

BYTES_MOST = 16 * 1024 * 1024
_OVERHEAD = 200
"""Of an entry besides its content."""


class TileCache:
    """Not for several threads at once."""

    def __init__(self, bytes_most: int = BYTES_MOST) -> None:
        self._bytes_most = bytes_most
        self._tiles: OrderedDict[Hashable, bytes] = OrderedDict()
        self.bytes = 0

    def get(self, key: Hashable) -> bytes | None:
        content = self._tiles.get(key)
        if content is not None:
            self._tiles.move_to_end(key)
        return content

    def put(self, key: Hashable, content: bytes) -> None:
        """One that is larger than all of it is not held."""
        if (weight := len(content) + _OVERHEAD) > self._bytes_most:
            return
        if (former := self._tiles.pop(key, None)) is not None:
            self.bytes -= len(former) + _OVERHEAD
        self._tiles[key] = content
        self.bytes += weight
        while self.bytes > self._bytes_most:
            _, gone = self._tiles.popitem(last=False)
            self.bytes -= len(gone) + _OVERHEAD
