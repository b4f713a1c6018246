"""Write scans down in batches, and notice a copied sticker: several people scan a code far from where it hangs."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from statistics import median

from backend import db
from backend.accounts.structs import Actor
from backend.events import service as events
from backend.sql import sql
from qr import rules
from qr.codes import Code
from qr.errors import CheckUnknown
from qr.events import PlateSuspected
from qr.rules import Finding, ScanGrade
from qr.service import registry
from qr.structs import Scan

# Scans of words that were never minted are not kept; a far scan of a plate already under suspicion says so.
_WRITE = """
    INSERT INTO qr_scan (code, scanned_at, channel, account_id, grade, distance_m)
    SELECT seen.code, seen.at, seen.channel, seen.account_id,
           CASE WHEN seen.grade = 'far' AND o.code_id IS NOT NULL THEN 'copy' ELSE seen.grade END, seen.distance_m
      FROM unnest(:codes::varchar[], :moments::timestamptz[], :channels::varchar[], :account_ids::bigint[],
                  :grades::varchar[], :distances_m::real[])
           AS seen (code, at, channel, account_id, grade, distance_m)
      JOIN qr_code c ON c.code = seen.code
      LEFT JOIN qr_plate_check o ON o.code_id = seen.code AND o.settled_at IS NULL
"""
# "Not scanned for 90 days" needs no better than an hour, and a busy code's row is left alone.
_LAST_SEEN = """
    UPDATE qr_code c SET scanned_at = seen.at
      FROM (SELECT code, max(at) AS at FROM unnest($1::varchar[], $2::timestamptz[]) AS s (code, at) GROUP BY 1) seen
     WHERE c.code = seen.code AND (c.scanned_at IS NULL OR c.scanned_at < seen.at - interval '1 hour')
"""
# What was looked into is not held against the plate again, nor distances to a wall where it hung before.
_FAR_SCANS = """
    SELECT s.code, array_agg(s.distance_m) AS distances_m, count(DISTINCT s.account_id) AS scanners
      FROM unnest($1::varchar[]) AS suspect (code)
      JOIN LATERAL (
               SELECT greatest($2::timestamptz,
                          (SELECT max(settled_at) FROM qr_plate_check k WHERE k.code_id = suspect.code),
                          (SELECT max(bound_at) FROM qr_binding b
                            WHERE b.code_id = suspect.code AND b.reason IN ('bind', 'rebind', 'replace'))) AS since
           ) counted ON true
      JOIN qr_scan s ON s.code = suspect.code AND s.grade = 'far' AND s.scanned_at > counted.since
     GROUP BY s.code
"""
_RAISE = """
    INSERT INTO qr_plate_check (code_id, far_scans, distance_m, raised_at)
    SELECT c.code, $2, $3, $4 FROM qr_code c WHERE c.code = $1 AND c.place_id IS NOT NULL
    ON CONFLICT (code_id) WHERE settled_at IS NULL DO NOTHING
    RETURNING id, (SELECT place_id FROM qr_code WHERE code = $1) AS place_id,
              (SELECT p.area_id FROM qr_code q JOIN place p ON p.id = q.place_id WHERE q.code = $1) AS area_code
"""
_SETTLE = """
    UPDATE qr_plate_check SET settled_at = $2, settled_by_id = $3, finding = $4 WHERE id = $1 AND settled_at IS NULL
"""


async def write(scans: Sequence[Scan]) -> None:
    """Write a batch, and raise the checks that follow from it."""
    async with db.transaction():
        words, moments = [scan.code for scan in scans], [scan.scanned_at for scan in scans]
        await db.execute(
            sql(
                _WRITE,
                codes=words,
                moments=moments,
                channels=[scan.channel for scan in scans],
                account_ids=[scan.account_id for scan in scans],
                grades=[scan.grade for scan in scans],
                distances_m=[scan.distance_m for scan in scans],
            )
        )
        await db.execute(_LAST_SEEN, words, moments)
        await _raise_checks({scan.code for scan in scans if scan.grade == ScanGrade.FAR}, max(moments))


async def _raise_checks(far: Iterable[Code], now: datetime) -> None:
    suspects = sorted(far)
    if not suspects:
        return
    for row in await db.fetch(_FAR_SCANS, suspects, now - rules.SUSPECT_WITHIN):
        distances_m = row["distances_m"]
        if rules.is_copy_suspected(distances_m, row["scanners"]):
            await _raise_check(row["code"], len(distances_m), median(distances_m), now)


async def _raise_check(code: Code, far_scans: int, distance_m: float, now: datetime) -> None:
    row = await db.fetchrow(_RAISE, code, far_scans, distance_m, now)
    if row is None:
        return  # one is open already, or the code hangs nowhere
    await events.record(
        PlateSuspected(
            subject_id=row["id"],
            area_code=row["area_code"],
            code=code,
            place_id=row["place_id"],
            far_scans=far_scans,
            distance_m=distance_m,
        )
    )


async def settle_check(check_id: int, finding: Finding, *, actor: Actor | None, now: datetime) -> None:
    """Say what was found at the plate. Raises CheckUnknown, OutsideYourArea; settled before, nothing changes."""
    async with db.transaction():
        place_id = await db.fetchval(
            "SELECT c.place_id FROM qr_plate_check k JOIN qr_code c ON c.code = k.code_id WHERE k.id = $1", check_id
        )
        if place_id is None:
            raise CheckUnknown(check_id=check_id)
        await registry.get_workplace(place_id, actor)
        await db.execute(_SETTLE, check_id, now, actor.account_id if actor else None, finding)
