"""What can go wrong with a camera and what it tells."""

from backend.errors import BadRequest, Conflict, Forbidden, Invalid, NotFound, Unauthorised


class CameraUnknown(NotFound):
    code = "camera-unknown"


class CameraEventUnknown(NotFound):
    code = "camera-event-unknown"


class CameraElsewhere(Forbidden):
    """The place lies in no area of whoever claims it, or not in the area of the camera's source."""

    code = "camera-elsewhere"


class CameraNotClaimed(Conflict):
    """Nobody has said where it hangs."""

    code = "camera-not-claimed"


class EventJudged(Conflict):
    """What came of it is known already. `verdict`."""

    code = "camera-event-judged"


class DetectionStale(Invalid):
    """Seen longer ago than a day. `seen_at`."""

    code = "detection-stale"


class PictureUnreadable(BadRequest):
    """No base64."""

    code = "picture-unreadable"


class PicturesTooMany(Invalid):
    """`most`."""

    code = "pictures-too-many"


class DigestNeeded(Unauthorised):
    """HTTP digest, by the name of the source and its secret. `challenge` goes into the header."""

    code = "digest-needed"

    def __init__(self, challenge: str) -> None:
        super().__init__()
        self.challenge = challenge


class ViidUnreadable(BadRequest):
    """No message of GA/T 1400 that is taken here. `error`."""

    code = "viid-unreadable"
