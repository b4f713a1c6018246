"""The committee's register of its fifty volunteers, two who wait for its decision, and goods for points.

Names are made up, and so are identity numbers: 310000 is the code of no county, so nobody has such a number.
"""

from datetime import date, datetime

from backend.accounts import queries as accounts
from backend.accounts.structs import Actor, Credentials, Role
from backend.demo import people, volunteers
from backend.demo.people import COMMITTEE
from backend.privacy.seals import Seal
from grab_orders.goods import keeping
from grab_orders.goods import queries as goods
from grab_orders.goods.structs import GoodsDraft
from grab_orders.people import applying
from grab_orders.people import queries as register
from grab_orders.people.identity_numbers import check_sign
from grab_orders.people.structs import Application, Skill

GOODS = (
    ("环保购物袋", "Shopping bag", 5, 50),
    ("洗衣液 2kg", "Washing liquid, 2 kg", 30, 20),
    ("雨伞", "Umbrella", 40, 10),
    ("理发券", "Haircut", 60, 5),
)
"""Name, points, stock."""
WAITING = ("周候选", "吴候选")
_GUARDIAN = {"guardian_name": "周监护", "guardian_phone": "13900000000", "guardian_agrees": True}
_YOUNG_YEARS, _ADULT_YEARS = 17, 30


async def load_rewards(seal: Seal, now: datetime) -> None:
    """What lacks of it; safe and cheap to repeat."""
    committee_id = await accounts.find_account_id(Role.COMMITTEE.value)
    assert committee_id is not None
    committee = await accounts.get_actor(committee_id)
    if await goods.list_managed(committee):
        return
    await _enrol(committee, seal, now)
    for number, name in enumerate(WAITING, start=1):
        draft = _draft(name, 900 + number, now, is_young=number == 1)
        credentials = Credentials(username=f"applicant{number}", password=people.PASSWORD)
        await applying.apply(draft, credentials, seal, now)
    for name_zh, name_en, points, stock in GOODS:
        given = GoodsDraft(area_code=COMMITTEE, name_zh=name_zh, name_en=name_en, points=points, stock=stock)
        await keeping.add_goods(given, committee, now)


async def _enrol(committee: Actor, seal: Seal, now: datetime) -> None:
    """Each with one skill, one after the other."""
    found = [await accounts.find_account_id(username) for username in volunteers.usernames()]
    known = await register.list_profiles([each for each in found if each], now)
    for number, account_id in enumerate(found, start=1):
        if account_id is None or account_id in known:
            continue
        draft = _draft(volunteers.name_of(number), number, now, skills=[list(Skill)[number % len(Skill)]])
        await applying.enrol(draft, account_id, committee, seal, now)


def _draft(
    name: str, number: int, now: datetime, *, is_young: bool = False, skills: list[Skill] | None = None
) -> Application:
    born = date(now.year - (_YOUNG_YEARS if is_young else _ADULT_YEARS), 1, 1)
    digits = f"310000{born:%Y%m%d}{number:03d}"
    return Application(
        committee_code=COMMITTEE,
        real_name=name,
        id_number=digits + check_sign(digits),
        phone=f"1380000{number:04d}",
        agrees=True,
        skills=skills or [],
        **(_GUARDIAN if is_young else {}),
    )
