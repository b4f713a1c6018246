"""The people of the demo street: a unit for every kind of work, one account for each role, and who is on duty.

Passwords are the same for everybody and printed on the demo card; the module is called in demo mode only.
"""

from datetime import datetime

from backend.accounts import passwords, queries
from backend.accounts import service as accounts
from backend.accounts.structs import Grant, Role, StaffDraft, UnitDraft, UnitKind
from backend.demo.ground import TOWN_CODE
from backend.duty import service as duty
from backend.items import service as dictionary

PASSWORD = "Yima-demo-2026"  # noqa: S105
_HASH: list[str] = []
PATROL = "chengguan_patrol"
HANDLERS_IN_PATROL = 20
DISTRICT = TOWN_CODE[:6]
COMMITTEE = f"{TOWN_CODE}023"
"""The one around the crossing of the story, where the doors of the card are."""

UNIT_NAMES: dict[str, tuple[str, str]] = {
    "chengguan_patrol": ("城管街面巡查队", "Street patrol"),
    "sanitation": ("环卫作业公司", "Sanitation company"),
    "bike_operator": ("共享单车企业", "Shared-bike operator"),
    "traffic_police": ("交警中队", "Traffic police"),
    "market_supervision": ("市场监管所", "Market supervision"),
    "joint_station": ("居村联勤联动站", "Joint station"),
    "committee": ("居民委员会", "Residents' committee"),
    "property": ("物业服务企业", "Property company"),
    "road_maintenance": ("道路养护公司", "Road maintenance"),
    "greening": ("绿化养护公司", "Greening company"),
    "housing": ("房屋管理所", "Housing office"),
    "fire_station": ("微型消防站", "Fire station"),
    "gas_emergency": ("燃气抢修队", "Gas emergency team"),
    "safety_office": ("安全生产办公室", "Safety office"),
    "business_service": ("营商服务站", "Business service desk"),
    "waste_collector": ("垃圾清运公司", "Waste collector"),
    "grade_panel": ("商户分级评审组", "Grading panel"),
    "lift_maintenance": ("电梯维保公司", "Lift maintenance company"),
    "building_keeper": ("楼长", "Building keepers"),
    "street_office": ("街镇综合治理办公室", "Street office"),
    "original_inspector_unit": ("原检查单位", "Original inspecting unit"),
}
UNIT_KINDS: dict[str, UnitKind] = {
    "sanitation": UnitKind.CONTRACTOR,
    "bike_operator": UnitKind.CONTRACTOR,
    "road_maintenance": UnitKind.CONTRACTOR,
    "greening": UnitKind.CONTRACTOR,
    "waste_collector": UnitKind.CONTRACTOR,
    "gas_emergency": UnitKind.CONTRACTOR,
    "property": UnitKind.PROPERTY,
    "lift_maintenance": UnitKind.CONTRACTOR,
    "committee": UnitKind.COMMITTEE,
}
"""The others are of the government."""
PEOPLE: dict[Role, tuple[str, str]] = {
    Role.RESIDENT: ("居民演示", ""),
    Role.SHOP_OWNER: ("店主演示", ""),
    Role.VOLUNTEER: ("志愿者演示", COMMITTEE),
    Role.INSPECTOR: ("网格员演示", TOWN_CODE),
    Role.VERIFIER: ("核查员演示", TOWN_CODE),
    Role.DISPATCHER: ("派单员演示", TOWN_CODE),
    Role.COMMITTEE: ("居委演示", COMMITTEE),
    Role.STREET_ADMIN: ("街镇管理员", TOWN_CODE),
    Role.DISTRICT_ADMIN: ("区管理员", DISTRICT),
}


async def load_people(now: datetime) -> None:
    """Units with their rules, an account for each role, twenty handlers of the patrol, one in every other unit."""
    if await queries.find_account_id(Role.DISTRICT_ADMIN.value) is not None:
        return
    for unit_type in sorted(UNIT_NAMES):
        await _load_unit(unit_type, now)
    for role, (name, area) in PEOPLE.items():
        await add_person(role.value, name, None, Grant(role, area), now)


def handler_names() -> list[str]:
    """The user names of the patrol's handlers; the first one is on duty."""
    return [Role.HANDLER.value, *(f"handler{number}" for number in range(2, HANDLERS_IN_PATROL + 1))]


def handler_of(unit_type: str) -> str:
    """The user name of the handler on duty in a unit."""
    return Role.HANDLER.value if unit_type == PATROL else f"handler-{unit_type.replace('_', '-')}"


async def _load_unit(unit_type: str, now: datetime) -> None:
    zh, en = UNIT_NAMES[unit_type]
    unit_id = await accounts.add_unit(
        UnitDraft(
            code=f"demo-{unit_type}",
            name_zh=zh,
            name_en=en,
            unit_type=unit_type,
            kind=UNIT_KINDS.get(unit_type, UnitKind.GOVERNMENT),
            area_code=TOWN_CODE,
        )
    )
    await dictionary.set_rule(unit_id=unit_id, area_code=TOWN_CODE, unit_type=unit_type)
    on_duty = await add_person(handler_of(unit_type), f"{zh}值班员", unit_id, Grant(Role.HANDLER, TOWN_CODE), now)
    await duty.start_shift(on_duty, unit_id, TOWN_CODE, now)
    if unit_type == PATROL:
        for number, username in enumerate(handler_names()[1:], start=2):
            await add_person(username, f"巡查员{number}号", unit_id, Grant(Role.HANDLER, TOWN_CODE), now)


async def add_person(username: str, name: str, unit_id: int | None, grant: Grant, now: datetime) -> int:
    """Somebody of the demonstration, once. Their one password is hashed once: it takes as long as all the rest."""
    known = await queries.find_account_id(username)
    if known is not None:
        return known
    draft = StaffDraft(username=username, display_name=name, unit_id=unit_id, grants=(grant,))
    return await accounts.create_staff(draft, now, hashed=await _hashed())


async def _hashed() -> str:
    if not _HASH:
        _HASH.append(await passwords.hash_password(PASSWORD))
    return _HASH[0]
