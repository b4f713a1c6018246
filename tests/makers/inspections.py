"""A check list of two points, and inspections made by it."""

from backend import db
from shops.inspections import inspecting
from shops.inspections.structs import NewFinding, NewInspection
from tests.makers.orders import make_photos

_LIST = """
INSERT INTO checklist (department, code, name_zh, name_en, made_at)
VALUES ('fire', 'fire-daily', '消防日常检查', 'Fire', $1) RETURNING id"""
_POINT = """
INSERT INTO checklist_point (checklist_id, number, words_zh, words_en, legal_basis, points, is_p0, fix_within_h)
VALUES ($1, $2, '灭火器过期', 'Extinguisher too old', '消防法第十六条', 10, $3, 24) RETURNING id"""


async def make_checklist(now):
    """Returns the list, its ordinary point and its grave one."""
    checklist_id = await db.fetchval(_LIST, now)
    points = [await db.fetchval(_POINT, checklist_id, number, number == 2) for number in (1, 2)]
    return checklist_id, *points


async def inspect(shop_id, actor, checklist, now, *, points=(1,), key="inspection-1", note="", photos=True):
    """An inspection that found these points, each with a photo."""
    found = [
        NewFinding(point_id=checklist[number], note=note, photo_ids=list(await make_photos(actor)) if photos else [])
        for number in points
    ]
    made = NewInspection(client_id=key, checklist_id=checklist[0], findings=found)
    return await inspecting.inspect(shop_id, made, actor, now), made
