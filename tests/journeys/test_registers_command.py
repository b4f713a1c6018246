"""`yima lifts import` and `yima elders import`: by somebody who keeps the register, without a name in what is said."""

from backend import clock, db
from tests.makers.commands import type_all
from tests.makers.elders import make_care
from tests.makers.places import write_csv
from tests.makers.register_lines import elder_line
from tests.makers.town import make_town


async def test_elders_are_imported_by_their_committee_and_refused_by_line(database, tmp_path):
    now = clock.now()
    town, care = await make_town(now), await make_care(now)
    rows = [elder_line(2, town.code, now).values, elder_line(3, town.code, now, risk="很高").values]
    path = str(write_csv(tmp_path / "e.csv", tuple(rows[0]), *(tuple(row.values()) for row in rows)))
    by = await db.fetchval("SELECT username FROM account WHERE id = $1", care.committee.account_id)
    other = await db.fetchval("SELECT username FROM account WHERE id = $1", town.dispatcher.account_id)
    commands = [("elders", "import", path, "--by", by, *more) for more in (("--preview",), ("--whole",), (), ())]

    seen, whole, stored, again, stranger, nobody, lifts = type_all(
        database,
        [
            *commands,
            ("elders", "import", path, "--by", other),
            ("elders", "import", path, "--by", "nobody"),
            ("lifts", "import", path, "--by", by),
        ],
        YIMA_MODE="demo",
    )

    assert "nothing was stored" in seen.out and seen.code == 0
    assert whole.code != 0 and "nothing was stored" in whole.out
    assert "new 1" in stored.out and "3: 风险 无法识别" in stored.out and stored.code == 0
    assert "unchanged 1" in again.out
    assert all(each.code != 0 for each in (stranger, nobody, lifts))
    assert not any("王阿婆" in each.out + each.err for each in (seen, whole, stored, again, stranger, lifts))
    assert await db.fetchval("SELECT count(*) FROM lone_elder") == 1
