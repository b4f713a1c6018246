"""What a report says, in Chinese: of the PDF, which is a document and has one language."""

from shops.analysis.structs import ShopReport
from shops.grades.structs import Advice, AdviceKind

DEPARTMENTS = {
    "city_management": "城管",
    "market_supervision": "市场监管",
    "fire": "消防",
    "greening": "绿化市容",
}


def headline(report: ShopReport) -> str:
    year, month = report.month.split("-")
    return f"{year}年{int(month)}月检查分析报告"


def summary(report: ShopReport) -> str:
    if not report.found:
        return "本月没有检查发现。请继续保持。"
    share = "" if report.fixed_in_time_percent is None else f",按期整改率 {report.fixed_in_time_percent}%"
    repeats = f",其中重复出现 {len(report.repeats)} 项" if report.repeats else ""
    return f"本月检查发现 {report.found} 项{repeats}{share}。"


def why(report: ShopReport) -> str:
    """The grade, and what it means."""
    rows = f",共 {len(report.score_rows)} 项计分" if report.score_rows else ""
    visits = f"巡查间隔 {report.visit_days} 天。分级只影响巡查次数,不作处罚。"
    return f"当前 {report.grade} 级,得分 {report.score:g}{rows};{visits}"


def next_step(advice: Advice) -> str:
    match advice.kind:
        case AdviceKind.FIX_OPEN:
            return f"在 {advice.on} 前整改 {len(advice.finding_ids)} 项,可避免再扣 {advice.points:g} 分"
        case AdviceKind.STAY_CLEAN:
            return f"全部整改完,到 {advice.on} 没有新问题,可升为 {advice.to} 级"
        case AdviceKind.LOSES_WEIGHT:
            return f"到 {advice.on},有 {advice.points:g} 分的问题不再计入"
        case AdviceKind.KEEP:
            return "目前没有需要改进的计分项"
