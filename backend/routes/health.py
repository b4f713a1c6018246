"""Is the process alive, and is it ready to serve: two questions of whoever keeps it running."""

import asyncio

from litestar import Request, get

from backend import db, migrate
from backend.errors import Unavailable
from backend.routes.standing import NEVER_ASKED
from backend.structs import Read

_PATIENCE_S = 3.0


class Health(Read, frozen=True, kw_only=True):
    status: str


class MigrationsMissing(Unavailable):
    code = "migrations-missing"
    headline_zh, headline_en = "数据库迁移尚未执行", "Migrations have not been applied"


@get("/health", opt=NEVER_ASKED, operation_id="health", tags=["operations"], summary="The process answers")
async def show_health() -> Health:
    """Nothing else is asked."""
    return Health(status="ok")


@get("/ready", opt=NEVER_ASKED, operation_id="ready", tags=["operations"], summary="The process can serve")
async def show_ready(request: Request) -> Health:
    """The database answers and has seen every migration of this version."""
    async with asyncio.timeout(_PATIENCE_S), db.connection() as connection:
        if request.app.state.get("is_migrated"):
            await connection.fetchval("SELECT 1")
        elif missing := await migrate.pending(connection):
            raise MigrationsMissing(missing=len(missing))
        request.app.state.is_migrated = True
    return Health(status="ready")
