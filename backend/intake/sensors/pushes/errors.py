"""What stops a push at the door."""

from backend.intake.sensors.payloads.errors import PayloadUnreadable


class PushForged(Exception):
    """No signature or token, or not of whoever has the source's."""


class PushSealed(PayloadUnreadable):
    """Signed by whoever has the source's token, and sealed with a key of the secure mode that is not the setting's."""
