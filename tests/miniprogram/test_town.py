"""The mini-program of a town, made of the compiled one: it breaks no rule with any position, or is not left behind."""

import json
import shutil
from pathlib import Path

import pytest

from deploy.local import town_miniprogram
from deploy.local.trouble import Trouble
from deploy.miniprogram import package, settings
from deploy.miniprogram.settings import POSITIONS
from tests.fixtures.compiled import compiled_program
from tests.makers.miniprogram import SETTINGS


@pytest.fixture
def program(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The compiled program, of nobody yet."""
    return shutil.copytree(compiled_program(tmp_path_factory), tmp_path / "town")


@pytest.mark.parametrize("position", POSITIONS)
def test_the_program_of_a_town_breaks_no_rule(program: Path, position: str) -> None:
    town = settings.read({**SETTINGS, "YIMA_MINIPROGRAM_POSITION": position})

    assert town_miniprogram.finish(program, town) == 0

    built = package.read(program)
    assert not built.is_source
    assert built.project["appid"] == SETTINGS["YIMA_WECHAT_APPID"]
    assert built.size < 200_000


def test_a_program_that_breaks_a_rule_is_not_left_to_be_uploaded(program: Path) -> None:
    app = json.loads((program / "app.json").read_text("utf-8"))
    (program / "app.json").write_text(json.dumps({**app, "debug": True}), "utf-8")

    with pytest.raises(Trouble) as trouble:
        town_miniprogram.finish(program, settings.read(SETTINGS))

    assert trouble.value.help_lines == ["app.json: debug shows every reader what goes on inside"]
    assert not program.exists()
