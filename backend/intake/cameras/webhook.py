"""A camera's event in our own JSON: what a platform posts that we may ask to write it, signed as all webhooks are."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from backend.intake.cameras.pictures import PICTURES_MOST, decoded
from backend.intake.cameras.structs import CAMERA_NO_MOST, DETECTION_NO_MOST, TEXT_MOST, Detection
from backend.intake.records.decoding import MessageUnread, has_nul
from backend.intake.structs import CLASS_MOST
from backend.structs import Write
from backend.words import WordsTooLong, at_most


class CameraMessage(Write, frozen=True, kw_only=True):
    """One thing that one camera saw. `kind`: a word of ours, or `class_code` of the source's class table."""

    camera_no: Annotated[str, Meta(min_length=1, max_length=CAMERA_NO_MOST)]
    event_no: Annotated[
        str, Meta(min_length=1, max_length=DETECTION_NO_MOST, description="Sent again, it changes nothing")
    ]
    at: Annotated[datetime, Meta(tz=True)] | None = None
    kind: Annotated[str, Meta(max_length=24)] = ""
    class_code: Annotated[str, Meta(max_length=CLASS_MOST)] = ""
    text: Annotated[str, at_most(TEXT_MOST)] = ""
    is_over: bool = False
    """What it saw has gone."""
    pictures: Annotated[list[str], Meta(max_length=PICTURES_MOST, description="JPEG, PNG, WebP or HEIC in base64")] = []


def read(data: bytes) -> CameraMessage:
    """The message of a body. Raises MessageUnread, with where and what, and without what stood there."""
    try:
        message = msgspec.json.decode(data, type=CameraMessage)
    except WordsTooLong as error:
        raise MessageUnread(f"{error.extra['field']}: {error.extra['length']} > {error.extra['most']}", None) from error
    except msgspec.MsgspecError as error:
        raise MessageUnread(str(error), None) from error
    except (ValueError, RecursionError) as error:
        raise MessageUnread("not UTF-8, or nested too deeply", None) from error
    if has_nul(msgspec.to_builtins(message)):
        raise MessageUnread("a text has U+0000 in it", None)
    return message


def without_pictures(data: bytes) -> bytes:
    """What a body says beside its pictures; all of it where it is no JSON object."""
    try:
        said = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return data
    return msgspec.json.encode({name: value for name, value in said.items() if name != "pictures"})


def detection_of(message: CameraMessage) -> Detection:
    """The message as every way in hands it on. Raises PhotoTooLarge, PictureUnreadable."""
    return Detection(
        camera_no=message.camera_no,
        detection_no=message.event_no,
        at=message.at,
        kind=message.kind,
        class_code=message.class_code,
        text=message.text,
        is_over=message.is_over,
        pictures=tuple(decoded(each) for each in message.pictures),
    )
