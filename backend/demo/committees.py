"""The duty lists of the demo street's committees: the town's dictionary, laid down on all of them, and one request.

The committee of the demo card does more of it: on whatever day somebody looks, elders are to be visited and flood
points to be seen. One task is left for it to ask for.
"""

from datetime import datetime

from backend.accounts import queries as people
from backend.accounts.structs import Actor, Role
from backend.calendars.rules import shanghai_date
from backend.committees.changes import service as changes
from backend.committees.changes.structs import DutyChangeDraft, DutyChangeKind
from backend.committees.duty_list import queries
from backend.committees.duty_list import service as duty_list
from backend.committees.duty_list.inputs import LayDown
from backend.demo.ground import COMMITTEES, TOWN_CODE
from backend.demo.people import COMMITTEE

_LEFT_TO_ADD = "ebike_charging"
_LESS_OFTEN = "patrol_noon"
EVERY_DAY = ("fire_lane", "flood_point", "single_elder")
"""Of the committee of the demo card."""


async def load_committees(now: datetime) -> None:
    """Once: a dictionary that the town has begun stays as it is."""
    if await queries.list_templates(TOWN_CODE):
        return
    town, member = await _actor(Role.STREET_ADMIN), await _actor(Role.COMMITTEE)
    await duty_list.load_standard(TOWN_CODE, town, now)
    templates = {template.code: template.id for template in await queries.list_templates(TOWN_CODE)}
    codes = [f"{TOWN_CODE}{number:03d}" for number in range(1, COMMITTEES + 1)]
    today = shanghai_date(now)
    for code, template_id in templates.items():
        if code != _LEFT_TO_ADD:
            order = LayDown(template_id=template_id, committee_codes=codes, valid_from=today)
            await duty_list.lay_down(TOWN_CODE, order, town, now)
        if code in EVERY_DAY:
            daily = LayDown(template_id=template_id, committee_codes=[COMMITTEE], rrule="FREQ=DAILY", valid_from=today)
            await duty_list.lay_down(TOWN_CODE, daily, town, now)
    request = DutyChangeDraft(
        kind=DutyChangeKind.FREQUENCY,
        template_id=templates[_LESS_OFTEN],
        rrule="FREQ=WEEKLY;BYDAY=MO,WE,FR",
        reason="午间居民多在单位,隔日一巡即可,省下的人手用于晚巡",
    )
    await changes.request_change(COMMITTEE, request, member, now)


async def _actor(role: Role) -> Actor:
    account_id = await people.find_account_id(role.value)
    assert account_id is not None
    return await people.get_actor(account_id)
