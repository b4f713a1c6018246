"""A question of the demo street whose answer everybody may read, and one that waits."""

from datetime import datetime

from backend.accounts import queries as accounts
from backend.accounts.structs import Actor, Role
from backend.consultations import publishing
from backend.consultations import queries as consultations
from backend.consultations.structs import AnswerDraft
from backend.consultations.topics import ASKER
from backend.demo.people import handler_of
from backend.demo.street import list_featured
from backend.orders import verbs
from backend.orders.assignment.structs import Opening, OrderSite
from backend.orders.model.inputs import Finish
from backend.orders.transitions.transition import TransitionContext
from backend.places.kinds import PlaceKind
from backend.places.structs import PlaceRead

_TOPIC, _UNIT = "F102", "business_service"
_QUESTION = "开一家面馆,招牌要先备案吗?要多久?"
_ANSWER = "要。带营业执照复印件和招牌效果图到街镇营商服务站,当场受理,3 个工作日内答复。"
_WAITING = "店门口想放两张外摆桌,要办什么手续?"


async def load_consultations(now: datetime) -> None:
    """Both once."""
    people = [await accounts.find_account_id(name) for name in (Role.RESIDENT.value, handler_of(_UNIT))]
    dispatcher_id = await accounts.find_account_id(Role.DISPATCHER.value)
    if None in people or dispatcher_id is None or await consultations.search():
        return
    asker, handler = [await accounts.get_actor(each) for each in people if each is not None]
    [door] = await list_featured(PlaceKind.STOREFRONT, 1)
    order_id = await _ask(door, _QUESTION, asker, now)
    by = TransitionContext(actor=handler, now=now)
    await verbs.accept(order_id, by)
    await verbs.finish(order_id, Finish(note=_ANSWER), by)
    draft = AnswerDraft(question=_QUESTION, answer=_ANSWER)
    await publishing.publish(order_id, draft, await accounts.get_actor(dispatcher_id), now)
    await _ask(door, _WAITING, asker, now)


async def _ask(door: PlaceRead, question: str, asker: Actor, now: datetime) -> int:
    scene = OrderSite(
        lng=door.loc.lng,
        lat=door.loc.lat,
        area_code=door.area_code,
        grid_code=door.grid_code or "",
        place_id=door.id,
        label=door.label,
    )
    opening = Opening(
        item_code=_TOPIC,
        scene=scene,
        actor=asker,
        actor_role=Role.RESIDENT.value,
        source_kind="report",
        reporter_kinds=frozenset({ASKER}),
        description=question,
    )
    return (await verbs.open(opening, now=now)).order_id
