"""The wire of GA/T 1400 as far as a street needs it. Of faces is read only that there are some."""

from typing import Any

import msgspec
from msgspec import UNSET, Raw, UnsetType


class _Viid(msgspec.Struct, frozen=True, kw_only=True, rename="pascal"):
    """Names on the wire are written as `EventSort`, numbers often as text."""


class SubImage(_Viid, frozen=True, kw_only=True):
    """One picture. `type`: 11 is a face, 14 a scene, 100 any picture."""

    image_id: str = msgspec.field(name="ImageID", default="")
    device_id: str = msgspec.field(name="DeviceID", default="")
    type: str | int = ""
    event_sort: str | int | None = None
    file_format: str = ""
    shot_time: str = ""
    data: str = ""


class SubImages(_Viid, frozen=True, kw_only=True):
    sub_image_info_object: list[SubImage] = []


class ImageInfo(_Viid, frozen=True, kw_only=True):
    image_id: str = msgspec.field(name="ImageID", default="")
    device_id: str = msgspec.field(name="DeviceID", default="")
    event_sort: str | int | None = None
    shot_time: str = ""
    title: str = ""
    content_description: str = ""


class Image(_Viid, frozen=True, kw_only=True):
    """An image of /VIID/Images: what is known of it beside its data."""

    image_info: ImageInfo = ImageInfo()
    data: str = ""
    face_list: Raw | UnsetType = UNSET
    person_list: Raw | UnsetType = UNSET


class Images(_Viid, frozen=True, kw_only=True):
    image: list[Image] = []


class ImageList(_Viid, frozen=True, kw_only=True):
    """The body of POST /VIID/Images."""

    image_list_object: Images


class Sighted(_Viid, frozen=True, kw_only=True):
    """A bicycle or a thing that a camera has cut out: what kind it was says the class of its pictures."""

    non_motor_vehicle_id: str = msgspec.field(name="NonMotorVehicleID", default="")
    thing_id: str = msgspec.field(name="ThingID", default="")
    device_id: str = msgspec.field(name="DeviceID", default="")
    sub_image_list: SubImages = SubImages()


class NonMotorVehicles(_Viid, frozen=True, kw_only=True):
    non_motor_vehicle_object: list[Sighted] = []


class Things(_Viid, frozen=True, kw_only=True):
    thing_object: list[Sighted] = []


class Notification(_Viid, frozen=True, kw_only=True):
    """What a platform posts to whoever subscribed. Lists of faces and persons are not read."""

    notification_id: str = msgspec.field(name="NotificationID", default="")
    trigger_time: str = ""
    image_list: Images = Images()
    non_motor_vehicle_object_list: NonMotorVehicles = NonMotorVehicles()
    thing_object_list: Things = Things()
    face_object_list: Raw | UnsetType = UNSET
    person_object_list: Raw | UnsetType = UNSET


class Notifications(_Viid, frozen=True, kw_only=True):
    subscribe_notification_object: list[Notification] = []


class NotificationList(_Viid, frozen=True, kw_only=True):
    """The body of POST /VIID/SubscribeNotifications."""

    subscribe_notification_list_object: Notifications


class _Device(_Viid, frozen=True, kw_only=True):
    device_id: str = msgspec.field(name="DeviceID")


class Register(_Viid, frozen=True, kw_only=True):
    register_object: _Device


class UnRegister(_Viid, frozen=True, kw_only=True):
    un_register_object: _Device


class Keepalive(_Viid, frozen=True, kw_only=True):
    keepalive_object: _Device


def status(path: str, code: int, said: str, subject: str, local_time: str) -> dict[str, Any]:
    """A ResponseStatus: code 0 is well, 1 any error, 4 not allowed, 7 no JSON, 8 not what the standard has there."""
    return {
        "RequestURL": path,
        "StatusCode": code,
        "StatusString": said,
        "Id": subject,
        "LocalTime": local_time,
    }
