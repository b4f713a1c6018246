"""Rows of every table, to see what something wrote."""

import asyncpg

_TABLES = "SELECT format('%I', tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"


async def rows(connection: asyncpg.Connection) -> dict[str, int]:
    """How many rows each table has."""
    tables = [row[0] for row in await connection.fetch(_TABLES)]
    return {table: await connection.fetchval(f"SELECT count(*) FROM {table}") or 0 for table in tables}


def growth(before: dict[str, int], after: dict[str, int], times: int) -> dict[str, float]:
    """Rows written each time, for the tables that grew."""
    grown = {table: (count - before[table]) / times for table, count in after.items()}
    return {table: count for table, count in grown.items() if count}
