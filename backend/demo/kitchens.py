"""A shop of the demo street that shows its kitchen; its town publishes what was put right."""

from datetime import datetime

from backend.accounts import queries as accounts
from backend.accounts.structs import Role
from backend.demo.ground import TOWN_CODE
from backend.demo.register import featured_shops, owners
from shops.grades import settings
from shops.grades.structs import GradeSettings
from shops.public import kitchen
from shops.public.structs import KitchenLinkDecision, KitchenVerdict

_ADDRESS = "https://kitchen.yima-demo.cn/live/1"
"""Nobody's: a name that does not answer."""


async def load_kitchens(now: datetime) -> None:
    """Once: what somebody changed since stays."""
    first = owners()[0]
    shop = (await featured_shops())[first.storefront]
    owner_id, admin_id = [await accounts.find_account_id(name) for name in (first.username, Role.STREET_ADMIN.value)]
    if owner_id is None or admin_id is None or await kitchen.find(shop.id) is not None:
        return
    admin = await accounts.get_actor(admin_id)
    if not await settings.has_own(TOWN_CODE):
        await settings.set_for(TOWN_CODE, GradeSettings(shows_rectifications=True), admin, now)
    await kitchen.set_link(shop.id, _ADDRESS, await accounts.get_actor(owner_id), now)
    found = await kitchen.find(shop.id)
    assert found is not None
    await kitchen.decide(shop.id, KitchenLinkDecision(verdict=KitchenVerdict.CONFIRM, url=found.url), admin, now)
