"""What stops a push at the door."""


class PushForged(Exception):
    """No signature or token, or not of whoever has the source's."""
