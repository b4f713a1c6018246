"""The dictionary over HTTP: public, since a stranger at a door chooses from it."""

from litestar import Controller, get

from backend.items import queries
from backend.items.structs import ItemView


class ItemsController(Controller):
    path = "/items"
    tags = ("items",)

    @get(operation_id="list_items", summary="Every matter that can be reported")
    async def list_items(self) -> list[ItemView]:
        return await queries.list_items()
