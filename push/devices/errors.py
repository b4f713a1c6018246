"""What stops a phone from being registered."""

from backend.errors import Invalid


class DeviceNotReached(Invalid):
    """`extra`: the channel, and the platform or the kind of token that it does not know."""

    code = "device-not-reached"
