"""Litestar with hundreds of routes, laid out once: it would look at all of them anew for each that it registers."""

from typing import Any, cast

from litestar import Litestar
from litestar._asgi import ASGIRouter
from litestar.plugins import PluginProtocol
from litestar.plugins.core import MsgspecDIPlugin
from litestar.routes import HTTPRoute
from litestar.types import ControllerRouterHandler, RouteHandlerMapItem


class OneLayoutApp(Litestar):
    """Answers no request before `lay_out`, which saves a third of a start.

    Without the plugin for pydantic, which takes 9 MB: what we send and take are msgspec's structs.
    """

    def register(self, value: ControllerRouterHandler) -> None:
        router, self.asgi_router = self.asgi_router, cast(ASGIRouter, _LaterRouter)
        try:
            super().register(value)
        finally:
            self.asgi_router = router

    def lay_out(self) -> None:
        """Let requests find what is registered."""
        self.asgi_router.construct_routing_trie()

    @property
    def route_handler_method_map(self) -> dict[str, RouteHandlerMapItem]:
        return _HandlersByPath(self.routes)

    @staticmethod
    def _get_default_plugins(plugins: list[PluginProtocol]) -> list[PluginProtocol]:
        return [*plugins, MsgspecDIPlugin()]


class _LaterRouter:
    """Stands for the router while routes are registered."""

    @staticmethod
    def construct_routing_trie() -> None:
        """Later, for all of them."""


class _HandlersByPath(dict[str, RouteHandlerMapItem]):
    """The handlers of the one path that is asked for, by their methods."""

    def __init__(self, routes: list[Any]) -> None:
        super().__init__()
        self._routes = routes

    def get(self, path: str, default: Any = None) -> Any:
        there = [route for route in self._routes if route.path == path and isinstance(route, HTTPRoute)]
        handlers = [handler for route in there for handler in route.route_handlers]
        return {method: handler for handler in handlers for method in handler.http_methods} or default
