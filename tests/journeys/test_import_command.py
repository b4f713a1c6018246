"""`yima import` tells the shell, too, when nothing came of it."""

from tests.makers.commands import type_all
from tests.makers.places import HOME, make_ground, write_csv


async def test_an_import_that_rejects_every_row_is_a_failure_and_one_that_takes_some_is_none(database, tmp_path):
    await make_ground()
    header = ("名称", "X", "Y")
    none = write_csv(tmp_path / "none.csv", header, ("店", "13523203.06", "3663045.74"))
    some = write_csv(tmp_path / "some.csv", header, ("店", HOME.lng, HOME.lat), ("坏", "x", "y"))

    failed, done = type_all(
        database, [("import", "places", str(path), "--datum", "wgs84") for path in (none, some)], YIMA_MODE="demo"
    )

    assert failed.code != 0
    assert "EPSG:4326" in failed.out
    assert "全部 1 行均未导入" in failed.err
    assert done.code == 0
    assert "rejected 1" in done.out
