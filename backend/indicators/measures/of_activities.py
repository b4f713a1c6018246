"""What patrols, inspections of shops and their findings add. They have no priority and no source."""

from backend.indicators.measures.kinds import Measure
from backend.indicators.measures.kinds import MeasureDay as Day

PATROL_MEASURES: tuple[Measure, ...] = (
    Measure("patrols", Day.PATROL, "true", "巡查任务数", "patrols planned, one for each route of a day"),
    Measure("patrols_attended", Day.PATROL, "t.proved > 0", "已到岗巡查数", "of these, with somebody at a stop"),
    Measure("patrols_finished", Day.PATROL, "t.state = 'finished'", "已完成巡查数", "of these, ended by a walk"),
    Measure(
        "patrols_complete", Day.PATROL, "t.proved = t.stops", "全程到点巡查数", "of these, with somebody at every stop"
    ),
    Measure("patrol_stops", Day.PATROL, "t.stops", "计划巡查点次", "stops planned", True),
    Measure(
        "patrol_stops_over", Day.PATROL, "t.proved + t.missed", "应到巡查点次", "stops visited or missed by now", True
    ),
    Measure("patrol_stops_proved", Day.PATROL, "t.proved", "实到巡查点次", "stops visited, with a proof", True),
    Measure("patrol_findings", Day.PATROL, "t.findings", "巡查发现数", "orders opened on patrols", True),
    Measure("patrol_minutes", Day.PATROL, "t.walk_minutes", "巡查用时合计(分)", "minutes of ended walks, summed", True),
)
INSPECTION_MEASURES: tuple[Measure, ...] = (
    Measure("inspections", Day.INSPECTED, "true", "商户检查次数", "inspections of shops"),
    Measure("inspections_clean", Day.INSPECTED, "t.findings = 0", "未发现问题检查次数", "of these, nothing was found"),
    Measure("inspection_score", Day.INSPECTED, "t.score", "检查得分合计", "scores from 0 to 100, summed", True),
)
FINDING_MEASURES: tuple[Measure, ...] = (
    Measure("findings", Day.FOUND, "t.state <> 'struck'", "检查发现问题数", "findings that were not struck out"),
    Measure("findings_p0", Day.FOUND, "t.state <> 'struck' AND t.is_p0", "P0 级检查问题数", "of these, of level P0"),
    Measure(
        "findings_repeated",
        Day.FOUND,
        "t.state <> 'struck' AND t.is_repeat",
        "30日内重复问题数",
        "of these, the same point within 30 days",
    ),
    Measure("findings_struck", Day.FOUND, "t.state = 'struck'", "申诉后撤销问题数", "findings struck out on appeal"),
    Measure(
        "rectify_due", Day.RECTIFY_DUE, "t.state <> 'appealed'", "应整改数", "findings to be put right by that day"
    ),
    Measure(
        "rectified_in_time",
        Day.RECTIFY_DUE,
        "t.state IN ('answered', 'fixed') AND t.answered_at <= t.due_at",
        "按期整改数",
        "of these, said to be put right in time and not refused since",
    ),
    Measure("findings_fixed", Day.FIXED, "true", "复查合格数", "findings looked at again and in order"),
    Measure(
        "fix_minutes", Day.FIXED, "t.fix_minutes", "整改用时合计(分)", "minutes from finding to that, summed", True
    ),
)
