"""For whom a finding is told: one actor, one finding, one answer. Names of staff are not told to the shop."""

from datetime import datetime

from msgspec.structs import replace

from backend.accounts.structs import Actor
from shops.inspections import queries, rules
from shops.inspections.errors import FindingNotFound
from shops.inspections.inspectors import inspects
from shops.inspections.states import FindingMove, finding_moves_from
from shops.inspections.structs import FindingDetail, SeenFinding
from shops.register import access as register_access
from shops.register import queries as register
from shops.register.access import SeenShop
from shops.register.errors import ShopNotFound
from shops.register.structs import Shop


async def require_reader(shop_id: int, actor: Actor) -> Shop:
    """A shop, for whoever may read its findings. Raises ShopNotFound, also where it is not there for them."""
    shop = await register.get_shop(shop_id)
    is_of_shop = await register.is_person_of(shop_id, actor.account_id)
    is_inspector = await inspects(actor, shop.area_code)
    if not rules.may_read(actor, shop.area_code, is_of_shop=is_of_shop, is_inspector=is_inspector):
        raise ShopNotFound
    return shop


async def see_shop(shop_id: int, actor: Actor) -> SeenShop:
    """A shop with what its findings make of it, its grade and its report: for whoever may read them.

    Raises ShopNotFound, also where it is not there for them.
    """
    shop = await require_reader(shop_id, actor)
    role = await register_access.role_in(shop_id, actor.account_id)
    is_staff = rules.is_staff(actor, shop.area_code, is_inspector=await inspects(actor, shop.area_code))
    return SeenShop(shop=shop, is_staff=is_staff, role=role)


async def see(finding_id: int, actor: Actor, now: datetime) -> SeenFinding:
    """A finding as this actor sees it. Raises FindingNotFound, also where it is not there for them."""
    finding = await queries.get_finding(finding_id, now)
    is_of_shop = await register.is_person_of(finding.shop_id, actor.account_id)
    who = {"is_of_shop": is_of_shop, "is_inspector": await inspects(actor, finding.area_code)}
    if not rules.may_read(actor, finding.area_code, **who):
        raise FindingNotFound
    shown = _for_shop(finding) if is_of_shop else finding
    return SeenFinding(finding=shown, is_staff=not is_of_shop, moves=_moves(finding, actor, **who))


def _moves(finding: FindingDetail, actor: Actor, *, is_of_shop: bool, is_inspector: bool) -> list[FindingMove]:
    return [
        rule.move
        for rule in finding_moves_from(finding.state)
        if rules.may_act(actor, rule.who, finding, is_of_shop=is_of_shop, is_inspector=is_inspector)
        and not (rule.move is FindingMove.APPEAL and finding.has_appealed)
    ]


def _for_shop(finding: FindingDetail) -> FindingDetail:
    """Without the names of staff."""
    steps = [step if step.by_shop else replace(step, by="") for step in finding.steps]
    return replace(finding, steps=steps, inspector_id=0)
