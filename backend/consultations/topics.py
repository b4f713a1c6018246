"""About what one may ask, and who answers: an item of the dictionary each."""

from typing import Final

ASKER: Final = "asker"
"""As what somebody asks, in the dictionary's words: nobody reports these items otherwise."""
TOPICS: Final = ("F101", "F102", "F103")
"""居民办事, 营商服务, 楼宇(楼长)."""
