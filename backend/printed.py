"""What this town prints into its symbols, out of the settings; for the doors that print or read them."""

from backend.config import Settings
from qr.payload import Payload, payload


def payload_of(settings: Settings) -> Payload:
    return payload(settings.base_url, settings.code_prefix, settings.code_is_upper, settings.code_earlier_prefixes)
