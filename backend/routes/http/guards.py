"""Guards: coarse permissions. How far one sees is cut in SQL, one order's rules are the order's own."""

from typing import Any

from litestar.connection import ASGIConnection
from litestar.types import Guard

from backend.accounts.permissions import Permission, may
from backend.errors import Forbidden, Unauthorised
from backend.routes.pages import resumed_forms


async def signed_in(connection: ASGIConnection, _handler: Any) -> None:
    """Anybody with a session. For pages: under /api it is so without asking."""
    if connection.scope["user"] is None:
        await resumed_forms.carry(connection)
        raise Unauthorised


def requires(*permissions: Permission) -> Guard:
    """Only roles that hold one of these permissions."""

    async def guard(connection: ASGIConnection, handler: Any) -> None:
        await signed_in(connection, handler)
        if not any(may(connection.scope["user"], permission) for permission in permissions):
            raise Forbidden(permission=permissions[0].value)

    return guard
