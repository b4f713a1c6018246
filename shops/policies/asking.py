"""Ask about a policy: an order of C301 for the business service desk, which the asker follows like any other."""

from datetime import datetime

from backend import db
from backend.accounts.structs import Actor, Role
from backend.duty.structs import Post
from backend.geo.lonlat import LonLat
from backend.orders import verbs as orders
from backend.orders.assignment import dispatching
from backend.orders.assignment.structs import Opening, OrderSite
from backend.places import queries as places
from backend.structs import IdempotencyKey
from shops.policies import queries
from shops.policies.structs import ReceivedPolicy
from shops.register import queries as register
from shops.register.structs import Shop

QUESTION_ITEM = "C301"
SOURCE = "policy"
_KEEP = """
    INSERT INTO policy_question (policy_id, shop_id, account_id, client_key, order_id)
    SELECT policy_id, shop_id, account_id, client_key, order_id
    FROM jsonb_populate_recordset(NULL::policy_question, :along::jsonb)
    ON CONFLICT DO NOTHING RETURNING id, order_id
"""
_EARLIER = "SELECT order_id FROM policy_question WHERE account_id = $1 AND client_key = $2"


async def ask(policy_id: int, shop_id: int, question: str, actor: Actor, *, key: IdempotencyKey, now: datetime) -> int:
    """Returns the order; the same one for the same key. Raises PolicyNotFound."""
    got = await queries.get_received(policy_id, shop_id, actor.account_id)
    opening = await _opening(got, await register.get_shop(shop_id), question, actor)
    scene = opening.scene
    point = LonLat(scene.lng, scene.lat)
    post = Post(item_code=QUESTION_ITEM, area_code=scene.area_code, grid_code=scene.grid_code, point=point)
    answer = await dispatching.ask(dispatching.given(post), QUESTION_ITEM, now)
    assert answer is not None  # a site that is given has a row
    ids = {"policy_id": policy_id, "shop_id": shop_id, "account_id": actor.account_id}
    row = orders.Along(_KEEP, {**ids, "client_key": key, "order_id": answer["order_id"]})
    try:
        return (await orders.open(opening, now=now, answer_row=answer, along=row)).order_id
    except orders.NothingOpened:
        return await db.fetchval(_EARLIER, actor.account_id, key)


async def _opening(got: ReceivedPolicy, shop: Shop, question: str, actor: Actor) -> Opening:
    place = await places.get_place(shop.place_id)
    scene = OrderSite(
        lng=place.loc.lng,
        lat=place.loc.lat,
        area_code=place.area_code,
        grid_code=place.grid_code or "",
        place_id=place.id,
        label=shop.address or shop.name,
    )
    return Opening(
        item_code=QUESTION_ITEM,
        scene=scene,
        actor=actor,
        actor_role=Role.SHOP_OWNER.value,
        source_kind=SOURCE,
        reporter_kinds=frozenset({"merchant"}),
        description=f"《{got.title}》\n{question}",
    )
