"""Whether the instance can serve, asked of the things themselves and answered in time, whatever hangs.

One look at a time: who asks while one is under way waits for that one, and for no more than `_PATIENCE_S`. A look that
hangs (a stopped server, a disk that is gone) is left to itself and tells by not ending.
"""

import asyncio
import os
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import asyncpg

from backend import availability, db, logs
from backend.errors import Bilingual, Listing, Unavailable
from backend.events import pending
from backend.intake.sensors.mqtt import links
from backend.intake.sensors.mqtt.links import LinkState
from backend.jobs.structs import QueueState
from backend.partitions import making
from backend.schema import adoption, migrations
from backend.structs import Read

_PATIENCE_S = 2.5
_CONNECT_S = 2
_LATE_S = 3600
"""A job that has waited for so long, and is not itself to blame, means that people are not told."""
_MIB = 1024 * 1024
_GEOGRAPHY = "SELECT ST_Distance(ST_GeogFromText('POINT(121.5 31.2)'), ST_GeogFromText('POINT(121.6 31.2)')) > 0"
"""Loads the PostGIS library into a new session, as a connection of ours that was opened earlier never does again."""

log = logs.get_logger()


class NotReadyReason(Read, frozen=True, kw_only=True):
    """One thing that is not as it should be. `code` is stable: database, migrations, geography, storage, months,
    worker, jobs-late, jobs-held, sensors."""

    code: str
    zh: str
    en: str
    is_grave: bool = True
    """Whether people are not served for it; the others want an operator's look."""


class NotReady(Unavailable):
    code = "not-ready"

    def __init__(self, reasons: list[NotReadyReason]) -> None:
        reported = Listing([Bilingual(each.zh, each.en) for each in reasons], "not-ready.list")
        super().__init__(
            values={"told": reported},
            reasons=[{"code": each.code, "zh": each.zh, "en": each.en} for each in reasons],
        )


class Readiness:
    """`spool`: the folder that photos come into, with at least `free_min_bytes` free. `has_broker`: whether somebody
    has to read from one."""

    def __init__(self, database_url: str, spool: Path, free_min_bytes: int, *, has_broker: bool = False) -> None:
        self._database_url, self._spool, self._free_min_bytes = database_url, spool, free_min_bytes
        self._has_broker = has_broker
        self._looks: dict[str, asyncio.Task[list[NotReadyReason]]] = {}

    async def look(self) -> list[NotReadyReason]:
        """What is wrong now, within three seconds."""
        questions = {"database": self._ask_database, "storage": self._ask_storage}
        for name, ask in questions.items():
            if name not in self._looks or self._looks[name].done():
                self._looks[name] = asyncio.create_task(ask())
        looks = dict(self._looks)
        await asyncio.wait(looks.values(), timeout=_PATIENCE_S)
        found = [look.result() if look.done() else [_SILENT[name]] for name, look in looks.items()]
        return [reason for reasons in found for reason in reasons]

    async def _ask_database(self) -> list[NotReadyReason]:
        try:
            now = await db.fetchval("SELECT now()")
            connection = await asyncpg.connect(self._database_url, timeout=_CONNECT_S, command_timeout=_CONNECT_S)
            try:
                return await self._ask_session(connection, now)
            finally:
                await connection.close(timeout=_CONNECT_S)
        except Exception as error:
            log.warning("not_ready", **logs.describe(error))
            return [_away(error)]

    async def _ask_session(self, connection: asyncpg.Connection, now: datetime) -> list[NotReadyReason]:
        reasons: list[NotReadyReason] = []
        try:
            await connection.fetchval(_GEOGRAPHY)
        except asyncpg.PostgresError as error:
            log.warning("geography_unusable", **logs.describe(error))
            reasons.append(_GEOGRAPHY_BROKEN)
        if await adoption.is_of_before(connection):
            return [*reasons, _OF_BEFORE]
        if missing := await migrations.pending(connection):
            return [*reasons, _migrations(len(missing))]
        unmade = [_MONTHS] if await making.list_unmade(connection, now) else []
        unread = judge_links(await links.get_links(connection)) if self._has_broker else []
        return [*reasons, *unmade, *judge_queue(await pending.get_state(connection)), *unread]

    async def _ask_storage(self) -> list[NotReadyReason]:
        try:
            free_bytes = await asyncio.to_thread(_free_bytes, self._spool)
        except OSError as error:
            log.warning("storage_unusable", **logs.describe(error))
            return [_storage(f"不可写 ({error.strerror})", f"cannot be written to ({error.strerror})")]
        if free_bytes < self._free_min_bytes:
            free_mib, least_mib = free_bytes // _MIB, self._free_min_bytes // _MIB
            return [_storage(f"仅剩 {free_mib} MB,至少需要 {least_mib} MB", f"has {free_mib} MB left of {least_mib}")]
        return []


def judge_queue(state: QueueState) -> list[NotReadyReason]:
    """What the state of the queue says about the instance."""
    reasons: list[NotReadyReason] = []
    if state.beat_age_s is None:
        reasons.append(NotReadyReason(code="worker", zh="没有后台进程在运行", en="no worker runs"))
    elif not state.workers:
        silent_s = round(state.beat_age_s)
        zh, en = f"后台进程已 {silent_s} 秒没有响应", f"no worker has given a sign of life for {silent_s} s"
        reasons.append(NotReadyReason(code="worker", zh=zh, en=en))
    if state.oldest_s > _LATE_S:
        minutes = round(state.oldest_s / 60)
        zh, en = f"有任务已等待 {minutes} 分钟", f"a job has waited for {minutes} minutes"
        reasons.append(NotReadyReason(code="jobs-late", zh=zh, en=en))
    if state.held:
        zh, en = f"{state.held} 个任务多次失败,等待处理", f"{state.held} jobs are held for an operator"
        reasons.append(NotReadyReason(code="jobs-held", zh=zh, en=en, is_grave=False))
    return reasons


def judge_links(found: Sequence[LinkState]) -> list[NotReadyReason]:
    """What the connections to the broker of sensors say: people are served all the same, so none is grave."""
    if any(each.is_connected for each in found):
        return []
    if found and found[0].beat_age_s < links.SILENT_S:
        zh, en = "感知设备的消息代理连不上", "the broker of the sensors cannot be reached"
    else:
        zh, en = (
            "没有进程在接收感知设备的消息,请启动 yima sensors",
            "nobody reads from the broker of the sensors: start `yima sensors`",
        )
    return [NotReadyReason(code="sensors", zh=zh, en=en, is_grave=False)]


def _free_bytes(folder: Path) -> int:
    """What is left for us. Raises OSError where nothing can be written at all."""
    while not folder.exists():
        folder = folder.parent
    with tempfile.TemporaryFile(dir=folder) as probe:
        probe.write(b"ready?")
        probe.flush()
    left = os.statvfs(folder)
    return left.f_bavail * left.f_frsize if left.f_favail or not left.f_files else 0


def _away(error: Exception) -> NotReadyReason:
    if availability.is_database_away(error):
        return NotReadyReason(code="database", zh="数据库不可用", en=f"the database is away ({type(error).__name__})")
    return NotReadyReason(
        code="database", zh="数据库出错", en=f"the database answers with an error ({type(error).__name__})"
    )


def _migrations(missing: int) -> NotReadyReason:
    zh, en = f"有 {missing} 个数据库迁移尚未执行", f"{missing} migrations have not been applied"
    return NotReadyReason(code="migrations", zh=zh, en=en)


def _storage(zh: str, en: str) -> NotReadyReason:
    return NotReadyReason(code="storage", zh=f"照片存储空间{zh}", en=f"the disk for photos {en}")


_SILENT = {
    "database": NotReadyReason(code="database", zh="数据库没有响应", en="the database does not answer"),
    "storage": NotReadyReason(code="storage", zh="照片存储没有响应", en="the disk for photos does not answer"),
}
_OF_BEFORE = NotReadyReason(code="migrations", zh=adoption.UNDECIDED_ZH, en=adoption.UNDECIDED_EN)
_MONTHS = NotReadyReason(
    code="months",
    zh="下个月的数据分区尚未建立,请执行 yima prepare",
    en="the partitions of the next month have not been made: run `yima prepare`",
    is_grave=False,
)
_GEOGRAPHY_BROKEN = NotReadyReason(
    code="geography",
    zh="数据库的地理扩展 PostGIS 无法加载,升级后请重启数据库",
    en="PostGIS cannot be loaded; after an upgrade of its package restart PostgreSQL",
)
