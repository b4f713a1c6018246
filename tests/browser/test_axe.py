"""The pages before axe-core, where a package that carries it is installed."""

from pathlib import Path

import pytest

from tests.browser.phones import Phones
from tests.makers.town import SmallTown

pytestmark = pytest.mark.browser


async def test_axe_finds_nothing_to_complain_of(phones: Phones, town: SmallTown) -> None:
    carrier = pytest.importorskip("axe_playwright_python", reason="axe-core is not installed")
    script = (Path(carrier.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    phone = await phones.take()

    found = []
    for path in ("/", f"/q/{town.code}", "/q/NOSUCHCODE00", "/sign-in"):
        await phone.goto(path)
        await phone.evaluate(script)
        violations = await phone.evaluate("axe.run().then(result => result.violations.map(each => each.id))")
        found += [f"{path}: {each}" for each in violations]

    assert found == []
