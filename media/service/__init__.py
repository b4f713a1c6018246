"""The verbs of the photo room, by family: in through the gate, onto a subject, copies, what a verifier does, upkeep."""

from media.service.attaching import attach, attach_many
from media.service.copying import make_large, make_webp
from media.service.evidence import read_original
from media.service.receiving import receive
from media.service.redacting import redact, release, withhold

__all__ = [
    "attach",
    "attach_many",
    "make_large",
    "make_webp",
    "read_original",
    "receive",
    "redact",
    "release",
    "withhold",
]
