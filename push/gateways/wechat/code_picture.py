"""小程序码: a picture that opens the mini-program at a door's code, for WeChat alone. Permanent, and without a number.

A plate's own symbol opens the page in every scanner and is what hangs on doors; this one is for a poster or a screen.
"""

import string

from push.gateways.wechat.client import WechatClient

PAGE = "pages/report/index"
"""The page of our mini-program that takes `scene`."""
SCENE_CHARS = 32
_SCENE = frozenset(string.ascii_letters + string.digits + "!#$&'()*+,/:;=?@-._~")
_WIDTH_PX = 430


async def draw(client: WechatClient, scene: str, *, version: str = "release", page: str = PAGE) -> bytes:
    """A PNG or JPEG. `scene`: what the page is given, such as c=CODE; `version`: release, trial or develop.

    Raises ValueError for what the vendor takes from nobody, VendorRefused, VendorSilent.
    """
    if not 0 < len(scene) <= SCENE_CHARS or not _SCENE.issuperset(scene) or page.startswith("/") or "?" in page:
        raise ValueError("a scene of 1 to 32 of the vendor's characters, a page without a slash and without a query")
    body = {"scene": scene, "page": page, "check_path": False, "env_version": version, "width": _WIDTH_PX}
    return await client.post_for_picture("/wxa/getwxacodeunlimit", body)


def media_type_of(picture: bytes) -> str:
    return "image/jpeg" if picture.startswith(b"\xff\xd8") else "image/png"
