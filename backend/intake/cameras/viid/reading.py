"""From messages of GA/T 1400 to detections: each image or cut-out thing is one. Pure but for the limit of a photo."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

import msgspec

from backend.calendars.rules import SHANGHAI
from backend.intake.cameras.errors import ViidUnreadable
from backend.intake.cameras.pictures import PICTURES_MOST, decoded
from backend.intake.cameras.structs import CAMERA_NO_MOST, DETECTION_NO_MOST, TEXT_MOST, Detection
from backend.intake.cameras.viid.messages import Image, ImageList, NotificationList, Sighted, SubImage

T = TypeVar("T")
FACES = "faces"
PERSONS = "persons"
_SAID = {
    FACES: "人脸数据不接收,已丢弃 / face data is not taken",
    PERSONS: "人员数据不接收,已丢弃 / data of persons is not taken",
}
_SHOT_AT = "%Y%m%d%H%M%S"
_OF_FACES = {"4", "5", "11"}
"""Types of pictures: driver's face, passenger's face, a face."""
_OF_PERSONS = {"10"}
_MESSAGES_MOST = 50


class ViidItem(msgspec.Struct, frozen=True, kw_only=True):
    """One image of a message, still with its pictures as text: each is taken, or refused, by itself."""

    subject: str
    """Its number on the wire, for the answer."""
    camera_no: str
    shot_time: str
    class_code: str
    text: str = ""
    data: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def read(body: bytes, kind: type[T]) -> T:
    """Raises ViidUnreadable."""
    if b"\\u0000" in body:
        raise ViidUnreadable(error="a text has U+0000 in it")
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise ViidUnreadable(error=str(error)[:200]) from error


def items_of_images(body: bytes) -> list[ViidItem]:
    """Of POST /VIID/Images. Raises ViidUnreadable."""
    return _bounded([_of_image(image) for image in read(body, ImageList).image_list_object.image])


def items_of_notifications(body: bytes) -> list[ViidItem]:
    """Of POST /VIID/SubscribeNotifications. Raises ViidUnreadable."""
    found: list[ViidItem] = []
    for each in read(body, NotificationList).subscribe_notification_list_object.subscribe_notification_object:
        along = tuple(
            word
            for word, part in ((FACES, each.face_object_list), (PERSONS, each.person_object_list))
            if part is not msgspec.UNSET
        )
        sighted = each.non_motor_vehicle_object_list.non_motor_vehicle_object + each.thing_object_list.thing_object
        items = [_of_image(image) for image in each.image_list.image] + [_of_sighted(thing) for thing in sighted]
        found += [msgspec.structs.replace(item, left_out=(*along, *item.left_out)) for item in items]
        if along and not items:
            found.append(
                ViidItem(subject=each.notification_id, camera_no="", shot_time="", class_code="", left_out=along)
            )
    return _bounded(found)


def detection_of(item: ViidItem) -> Detection:
    """The item as every way in hands it on. Raises ViidUnreadable, PhotoTooLarge, PictureUnreadable."""
    if not 0 < len(item.camera_no) <= CAMERA_NO_MOST:
        raise ViidUnreadable(error="DeviceID")
    if not 0 < len(item.subject) <= DETECTION_NO_MOST:
        raise ViidUnreadable(error="ImageID")
    return Detection(
        camera_no=item.camera_no,
        detection_no=item.subject,
        at=_instant(item.shot_time),
        class_code=item.class_code,
        text=item.text[:TEXT_MOST],
        pictures=tuple(decoded(data) for data in item.data[:PICTURES_MOST]),
        left_out=item.left_out,
    )


def without_pictures(item: ViidItem) -> dict[str, str]:
    """What an item says beside its pictures, as a person reads it."""
    said = {"DeviceID": item.camera_no, "ShotTime": item.shot_time, "EventSort": item.class_code, "Text": item.text}
    return {name: value for name, value in said.items() if value}


def _of_image(image: Image) -> ViidItem:
    info = image.image_info
    lists = ((FACES, image.face_list), (PERSONS, image.person_list))
    return ViidItem(
        subject=info.image_id,
        camera_no=info.device_id,
        shot_time=info.shot_time,
        class_code=_text_of(info.event_sort),
        text=info.content_description or info.title,
        data=(image.data,) if image.data else (),
        left_out=tuple(word for word, part in lists if part is not msgspec.UNSET),
    )


def _of_sighted(thing: Sighted) -> ViidItem:
    """The scene and the thing, without pictures of people."""
    images = thing.sub_image_list.sub_image_info_object
    fit = [image for image in images if not _leaves_out(image)]
    first = fit[0] if fit else SubImage()
    return ViidItem(
        subject=thing.non_motor_vehicle_id or thing.thing_id or first.image_id,
        camera_no=thing.device_id or first.device_id,
        shot_time=first.shot_time,
        class_code=next((_text_of(image.event_sort) for image in fit if image.event_sort is not None), ""),
        data=tuple(image.data for image in fit if image.data),
        left_out=tuple(dict.fromkeys(_leaves_out(image) for image in images if _leaves_out(image))),
    )


def _leaves_out(image: SubImage) -> str:
    number = str(image.type).lstrip("0")
    return FACES if number in _OF_FACES else PERSONS if number in _OF_PERSONS else ""


def _text_of(value: str | int | None) -> str:
    return "" if value is None else str(value)


def _instant(shot_time: str) -> datetime | None:
    """Shanghai's time, without a zone on the wire. Raises ViidUnreadable."""
    if not shot_time:
        return None
    try:
        return datetime.strptime(shot_time, _SHOT_AT).replace(tzinfo=SHANGHAI)
    except ValueError as error:
        raise ViidUnreadable(error="ShotTime") from error


def _bounded(items: list[ViidItem]) -> list[ViidItem]:
    if len(items) > _MESSAGES_MOST:
        raise ViidUnreadable(error=f"more than {_MESSAGES_MOST} images")
    return items


def left_out_words(words: Sequence[str]) -> str:
    """What is said of parts that are not taken."""
    return "; ".join(_SAID[word] for word in dict.fromkeys(words))
