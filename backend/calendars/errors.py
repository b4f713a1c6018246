from backend.errors import Invalid


class AreaPrefixInvalid(Invalid):
    code = "area-prefix-invalid"


class WindowInvalid(Invalid):
    code = "window-invalid"


class ModeEndsEarly(Invalid):
    code = "mode-ends-early"


class ScheduleInvalid(Invalid):
    """It is no schedule by days. `part`: what of the text cannot be taken."""

    code = "schedule-invalid"


class ScheduleTooFrequent(Invalid):
    """It yields more than the yearly bound. `per_year`, `bound`."""

    code = "schedule-too-frequent"


class DayTooFar(Invalid):
    """A day before today, or more than a year ahead. `field`, `least`, `most`."""

    code = "day-too-far"


class NoticeUnknown(Invalid):
    code = "notice-unknown"
