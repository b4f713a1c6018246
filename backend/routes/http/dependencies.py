"""Values that a handler may ask for by name: the actor, the instant, the keys, the sample. Never a transaction."""

from datetime import datetime

from litestar import Request
from litestar.di import Provide

from backend import clock
from backend.accounts.structs import Actor
from backend.accounts.tokens import TokenKeyring
from backend.errors import Unauthorised
from backend.orders.transitions.transition import TransitionContext
from backend.orders.verifying.checks import Sampling
from backend.routes.http.parameters import IdempotencyKey, IfMatch, version_in


def actor(request: Request) -> Actor:
    """Who is acting. Raises Unauthorised where nobody is."""
    if request.scope["user"] is None:
        raise Unauthorised
    return request.scope["user"]


def now() -> datetime:
    return clock.now()


def keys(request: Request) -> TokenKeyring:
    return request.app.state.keyring


def sampling(request: Request) -> Sampling:
    return request.app.state.sampling


def by(request: Request, key: IdempotencyKey = None, if_match: IfMatch = None) -> TransitionContext:
    """Who moves an order, now, under which key, and which version of it they looked at."""
    return TransitionContext(actor=request.user, now=clock.now(), key=key, seen=version_in(if_match))


PROVIDED = {
    "actor": Provide(actor, sync_to_thread=False),
    "now": Provide(now, sync_to_thread=False),
    "keys": Provide(keys, sync_to_thread=False),
    "by": Provide(by, sync_to_thread=False),
    "sampling": Provide(sampling, sync_to_thread=False),
}
