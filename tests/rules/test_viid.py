"""GA/T 1400 on the wire: what is read of it, what is left out, and who proves a secret by digest."""

import json
from base64 import b64encode
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from backend.intake.cameras.errors import PictureUnreadable, ViidUnreadable
from backend.intake.cameras.viid import digest, reading
from media import runtime

NOW = datetime(2026, 11, 28, 4, 0, tzinfo=UTC)
KEY = b"town"
DEVICE = "31011500001190000001"


@pytest.fixture
async def gate(tmp_path):
    async with runtime.start(tmp_path, "k" * 32):
        yield


def image(**changes: object) -> dict[str, object]:
    info = {"ImageID": f"{DEVICE}0220261128120000", "DeviceID": DEVICE, "EventSort": 21, "ShotTime": "20261128115900"}
    return {"ImageInfo": info | changes, "Data": b64encode(b"\xff\xd8\xff").decode()}


def images(*each: dict[str, object]) -> bytes:
    return json.dumps({"ImageListObject": {"Image": list(each)}}).encode()


async def test_an_image_is_read_as_shanghai_time_and_its_class_as_text(gate):
    [item] = reading.items_of_images(images(image()))
    detection = reading.detection_of(item)

    assert (detection.camera_no, detection.class_code) == (DEVICE, "21")
    assert detection.at is not None
    assert detection.at.astimezone(UTC) == datetime(2026, 11, 28, 3, 59, tzinfo=UTC)
    assert detection.pictures == (b"\xff\xd8\xff",)


async def test_faces_and_persons_are_left_out_and_named(gate):
    pictures = [
        {
            "ImageID": "1",
            "DeviceID": DEVICE,
            "EventSort": "21",
            "Type": kind,
            "ShotTime": "20261128115900",
            "Data": "QUJD",
        }
        for kind in ("14", "11", "10", "05", 12)
    ]
    thing = {"NonMotorVehicleID": "n1", "DeviceID": DEVICE, "SubImageList": {"SubImageInfoObject": pictures}}
    notification = {
        "NotificationID": "7",
        "FaceObjectList": {"FaceObject": [{"FaceID": "f", "SubImageList": {}}]},
        "NonMotorVehicleObjectList": {"NonMotorVehicleObject": [thing]},
    }
    body = {"SubscribeNotificationListObject": {"SubscribeNotificationObject": [notification]}}

    [item] = reading.items_of_notifications(json.dumps(body).encode())

    assert len(reading.detection_of(item).pictures) == 2
    assert set(item.left_out) == {"faces", "persons"}
    assert "face data is not taken" in reading.left_out_words(item.left_out)


def test_a_notification_of_faces_alone_is_no_detection_and_says_so():
    notification = {"NotificationID": "7", "FaceObjectList": {"FaceObject": [{}]}}
    body = {"SubscribeNotificationListObject": {"SubscribeNotificationObject": [notification]}}

    [item] = reading.items_of_notifications(json.dumps(body).encode())

    assert (item.camera_no, item.left_out) == ("", ("faces",))


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"ImageListObject": 1}', b"\xff", images(*[image()] * 51)], ids=range(6)
)
def test_what_is_no_message_of_the_standard_is_said_to_be_unreadable(body):
    with pytest.raises(ViidUnreadable):
        reading.items_of_images(body)


@pytest.mark.parametrize(
    ("changes", "data", "error"),
    [
        ({"ShotTime": "2026-11-28 11:59"}, "QUJD", ViidUnreadable),
        ({"DeviceID": ""}, "QUJD", ViidUnreadable),
        ({"ImageID": ""}, "QUJD", ViidUnreadable),
        ({}, "no base64!", PictureUnreadable),
    ],
)
async def test_an_image_without_what_it_needs_is_refused(gate, changes, data, error):
    [item] = reading.items_of_images(images(image(**changes) | {"Data": data}))

    with pytest.raises(error):
        reading.detection_of(item)


def answer_to(challenge: str, password: str, path: str = "/VIID/System/Register") -> str:
    """What a client that none of us wrote answers."""
    auth = httpx.DigestAuth("lift-cameras", password)
    request = httpx.Request("POST", f"http://yima.example{path}")
    flow = auth.auth_flow(request)
    next(flow)
    unauthorised = httpx.Response(401, headers={"WWW-Authenticate": challenge}, request=request)
    return flow.send(unauthorised).headers["Authorization"]


def test_a_digest_of_a_client_that_none_of_us_wrote_is_proved_and_a_wrong_one_not():
    fields = digest.read(answer_to(digest.challenge(KEY, NOW), "secret"))

    assert fields["username"] == "lift-cameras"
    assert digest.is_ours(fields, KEY, NOW)
    assert digest.is_proved(fields, "POST", "/VIID/System/Register", "secret")
    assert not digest.is_proved(fields, "POST", "/VIID/System/Register", "another")
    assert not digest.is_proved(fields, "GET", "/VIID/System/Register", "secret")
    assert not digest.is_proved(fields, "POST", "/VIID/Images", "secret")


@pytest.mark.parametrize(
    ("key", "later_s", "is_ours"), [(KEY, 0, True), (KEY, 299, True), (KEY, 301, False), (b"other", 0, False)]
)
def test_a_nonce_is_ours_for_five_minutes(key, later_s, is_ours):
    fields = {"nonce": digest.nonce(KEY, NOW)}

    assert digest.is_ours(fields, key, NOW + timedelta(seconds=later_s)) is is_ours


@pytest.mark.parametrize(
    "header", ["", "Basic QTpC", "Digest", "Digest nonce", 'Digest nonce="zz-00"', f'Digest nonce="{"f" * 400}-00"']
)
def test_a_header_that_is_no_digest_proves_nothing(header):
    assert not digest.is_ours(digest.read(header), KEY, NOW)


def test_a_message_with_a_sign_that_nothing_can_store_is_unreadable():
    with pytest.raises(ViidUnreadable):
        reading.items_of_images(images(image(Title="a\x00b")))
