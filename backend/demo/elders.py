"""Three lone elders of the demo street, made up, of the committee around the crossing; a volunteer visits one."""

from datetime import datetime, timedelta

from backend.accounts import queries as accounts
from backend.accounts.structs import Role
from backend.calendars.rules import shanghai_date
from backend.demo.people import COMMITTEE
from backend.demo.street import list_featured
from backend.elder_care import queries, register, rounds
from backend.elder_care.rules import EVERY_DAYS, Consent, Risk, VisitWay
from backend.elder_care.structs import ElderDraft, PersonalData
from backend.places.kinds import PlaceKind
from backend.privacy.seals import Seal

_ELDERS = (
    ("L-0001", Risk.HIGH, VisitWay.CALL, "王阿婆(演示)", "3 号楼 501 室"),
    ("L-0002", Risk.MEDIUM, VisitWay.VISIT, "李老伯(演示)", "5 号楼 202 室"),
    ("L-0003", Risk.LOW, VisitWay.VISIT, "陈阿姨(演示)", "7 号楼 303 室"),
)
_DOORS, _VISITED_BY = 10, "volunteer1"


async def load_elders(seal: Seal, now: datetime) -> None:
    """The register once, and the visits of the day each time."""
    committee_id = await accounts.find_account_id(Role.COMMITTEE.value)
    assert committee_id is not None
    committee = await accounts.get_actor(committee_id)
    doors = [door for door in await list_featured(PlaceKind.DOORPLATE, _DOORS) if door.area_code == COMMITTEE]
    if doors and not await queries.list_elders(committee):
        today = shanghai_date(now)
        for (label, risk, way, name, home), door in zip(_ELDERS, doors, strict=False):
            draft = ElderDraft(
                label=label,
                risk=risk,
                way=way,
                every_days=EVERY_DAYS[risk],
                consent=Consent.SELF,
                consent_on=today,
                until=today + timedelta(days=365),
            )
            data = PersonalData(
                name=name, door=f"{door.address} {home}", phone="13800000000", contacts="女儿 13800000001"
            )
            elder_id = await register.add(door.id, draft, data, committee, seal=seal, now=now)
            visitor = await accounts.find_account_id(_VISITED_BY)
            if visitor is not None and risk is Risk.MEDIUM:
                await register.assign(elder_id, visitor, committee, now)
    await rounds.make_rounds(now)
