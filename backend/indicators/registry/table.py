"""The measures and the families that ship as tables in Markdown, as docs/indicators.md holds them. Pure."""

from backend.indicators.measures import MEASURES
from backend.indicators.measures.percentiles import PERCENTILES
from backend.indicators.registry.shipped import shipped
from backend.indicators.structs import Indicator

_DAYS = {
    "opened": "opened",
    "respond_due": "due to be accepted",
    "accepted": "accepted",
    "arrive_due": "due on site",
    "arrived": "arrived",
    "due": "due to be done",
    "done": "done, else closed",
    "closed": "closed",
    "cancelled": "cancelled",
    "listed": "put on the call-back list",
    "called": "called",
    "pickup": "of the slot that was booked",
    "act": "of the act",
    "case_received": "received by us",
    "case_due": "due at the platform",
    "case_called": "of the last call that reached",
    "patrol": "of the patrol",
    "inspected": "of the inspection",
    "found": "found",
    "rectify_due": "due to be put right",
    "fixed": "found to be in order",
}


def shipped_table() -> str:
    """Both tables, ended by a line break."""
    families: dict[str, list[Indicator]] = {}
    for each in shipped().values():
        families.setdefault(each.family or each.code, []).append(each)
    measures = "".join(f"| `{each.code}` | {each.zh} | {each.en} | {_DAYS[each.day]} |\n" for each in MEASURES)
    percentiles = "".join(f"| `{each.code}` | {each.zh} | {each.en} |\n" for each in PERCENTILES.values())
    rows = "".join(_row(of_family[0], len(of_family)) for of_family in families.values())
    return (
        f"### {len(MEASURES)} measures\n\n| code | 中文 | what it counts | day |\n|---|---|---|---|\n{measures}\n"
        f"### {len(PERCENTILES)} percentiles\n\n| code | 中文 | what it is |\n|---|---|---|\n{percentiles}\n"
        f"### {len(shipped())} indicators in {len(families)} families\n\n"
        "| code | 指标 | indicator | numerator | denominator | unit | better | left out | source | with slices |\n"
        f"|---|---|---|---|---|---|---|---|---|---|\n{rows}"
    )


def _row(family: Indicator, count: int) -> str:
    below = f"`{family.denominator}`" if family.denominator else "–"
    cells = (f"`{family.code}`", family.name_zh, family.name_en, f"`{family.numerator}`", below, family.unit.value)
    rest = (family.direction.value, family.exclusions_en or "–", family.source, str(count))
    return f"| {' | '.join((*cells, *rest))} |\n"
