"""What stops a verb about sensors."""

from backend.errors import Invalid, NotFound


class SensorUnknown(NotFound):
    code = "sensor-unknown"


class SensorDraftRefused(Invalid):
    """`why`: the key of the sentence that a line of a file would get."""

    code = "sensor-refused"
