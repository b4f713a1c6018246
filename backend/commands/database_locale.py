"""What the locale of the database breaks of Chinese words and sorted indexes, and what to do, in both languages."""

import asyncpg
import msgspec

_VERSIONED = 15
"""From PostgreSQL 15 on a database knows by which version of its collation it was sorted."""
_FACTS = """
    SELECT getdatabaseencoding() AS encoding, datname AS name, datcollate AS collation, datctype AS characters,
           {versions}, array(
               SELECT quote_ident(n.nspname) || '.' || quote_ident(c.collname)
               FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace
               WHERE c.collversion <> pg_collation_actual_version(c.oid) AND EXISTS (
                   SELECT FROM pg_index WHERE c.oid = ANY(indcollation::oid[])) ORDER BY 1
           ) AS stale
    FROM pg_database WHERE datname = current_database()
"""
_VERSIONS = "datcollversion AS sorted_by, pg_database_collation_actual_version(oid) AS sorts_by"
_NO_VERSIONS = "NULL AS sorted_by, NULL AS sorts_by"
_ENCODING = (
    "数据库编码不是 UTF8,地名无法统一写法,也无法搜索:备份后用 createdb -E UTF8 -T template0 新建,再恢复 / "
    "the encoding is not UTF8, so words of places can be neither folded nor found: dump, make the database anew with"
    " createdb -E UTF8 -T template0, restore"
)
_SORTED = (
    "系统的排序规则已更新,旧索引可能漏查:停机执行 REINDEX DATABASE {name};"
    " 再执行 ALTER DATABASE {name} REFRESH COLLATION VERSION; / "
    "the system sorts otherwise than when the indexes were made, so that they may miss rows: stop the services, run"
    " REINDEX DATABASE {name}; then ALTER DATABASE {name} REFRESH COLLATION VERSION;"
)
_STALE = (
    "排序规则 {stale} 已更新,旧索引可能漏查:重建用到它的索引,再执行 ALTER COLLATION … REFRESH VERSION; / "
    "{stale} sort otherwise than when their indexes were made: reindex what uses them, then"
    " ALTER COLLATION … REFRESH VERSION;"
)
_ASCII_ALONE = (
    "PostgreSQL 自己的大小写和三元组只认 ASCII,本系统的搜索不依赖它们 / "
    "PostgreSQL's own case and trigrams know ASCII alone, on which no search here depends"
)


class LocaleFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Versions are None where there are none to compare: of the locale C, and before PostgreSQL 15."""

    encoding: str
    name: str
    collation: str
    characters: str
    sorted_by: str | None = None
    """The version of the collation by which the indexes were made."""
    sorts_by: str | None = None
    """The version that the system has now."""
    stale: list[str] = []
    """Other collations of indexes, of which the system has another version now."""


async def ask(connection: asyncpg.Connection) -> LocaleFacts:
    major = connection.get_server_version().major
    text = _FACTS.format(versions=_VERSIONS if major >= _VERSIONED else _NO_VERSIONS)
    return msgspec.convert(dict(await connection.fetchrow(text) or {}), LocaleFacts)


def judge(facts: LocaleFacts) -> tuple[str, str]:
    """What was found, and what to do where it breaks something."""
    said = f"{facts.encoding}, LC_COLLATE {facts.collation}, LC_CTYPE {facts.characters}"
    if facts.characters in ("C", "POSIX"):
        said += f"; {_ASCII_ALONE}"
    if facts.encoding != "UTF8":
        return said, _ENCODING
    if facts.sorted_by and facts.sorts_by and facts.sorted_by != facts.sorts_by:
        return said, _SORTED.format(name=_quoted(facts.name))
    return said, _STALE.format(stale=", ".join(facts.stale)) if facts.stale else ""


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
