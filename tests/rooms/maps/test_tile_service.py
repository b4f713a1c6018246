"""A tile service that says nothing."""

import asyncio
from datetime import UTC, datetime

from backend.maps.tile_matrix import MapTile
from backend.maps.tile_service.service import TileService
from backend.maps.tile_service.settings import TileServiceSettings

NOW = datetime(2026, 11, 28, 4, tzinfo=UTC)
TILES = [MapTile(10, 850, row) for row in range(400, 440)]


async def test_a_silent_service_holds_nobody_up_for_longer_than_one_tile() -> None:
    """Whoever waits for a turn gives up with those who have one: else forty tiles would wait five times as long."""
    callers: list[asyncio.StreamWriter] = []
    server = await asyncio.start_server(lambda _, writer: callers.append(writer), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    settings = TileServiceSettings((f"http://127.0.0.1:{port}/{{z}}/{{x}}/{{y}}",), "", "某图")
    service = TileService(settings, timeout_s=0.5)
    try:
        pictures = await asyncio.gather(*(service.fetch(0, tile, NOW) for tile in TILES))
    finally:
        await service.close()
        for writer in callers:
            writer.close()
        server.close()

    assert pictures == [None] * len(TILES)
    assert len(callers) < len(TILES) / 2
