"""The verbs of media, by family: receiving, attaching to a subject, copies, what a verifier does, upkeep."""

from media.service.attaching import attach, attach_many, attaching, explaining
from media.service.copying import make_large, make_webp
from media.service.evidence import read_original
from media.service.expiry import Retention, apply_retention, hold, hold_disputed, release_hold
from media.service.giving import give_to
from media.service.merging import merge_owners
from media.service.reading import read_symbols
from media.service.receiving import receive
from media.service.redacting import redact, release, withhold
from media.service.scene_comparing import compare_scenes
from media.service.uploading import (
    UPLOAD_LIFETIME,
    append_tus,
    begin_direct,
    begin_tus,
    commit_direct,
    finish_waiting,
    get_tus,
)

__all__ = [
    "UPLOAD_LIFETIME",
    "Retention",
    "append_tus",
    "apply_retention",
    "attach",
    "attach_many",
    "attaching",
    "begin_direct",
    "begin_tus",
    "commit_direct",
    "compare_scenes",
    "explaining",
    "finish_waiting",
    "get_tus",
    "give_to",
    "hold",
    "hold_disputed",
    "make_large",
    "make_webp",
    "merge_owners",
    "read_original",
    "read_symbols",
    "receive",
    "redact",
    "release",
    "release_hold",
    "withhold",
]
