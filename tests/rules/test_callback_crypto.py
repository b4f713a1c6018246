"""Callbacks are opened as WeChat and WeCom seal them; anything else is refused. Oracle: wechatpy 1.8.18."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.crypto import PrpCrypto
from wechatpy.utils import WeChatSigner

from push.gateways.crypto import CallbackCipher, CallbackForged, signature
from tests.fakes.sealing import seal, sign

TOKEN, CORPID = "AAAAA", "wwabcdef0123456789"
AES_KEY = base64.b64encode(bytes(range(32))).decode().rstrip("=")
CIPHER = CallbackCipher(TOKEN, AES_KEY, CORPID)


def opened(encrypted: str, token: str = TOKEN) -> bytes:
    return CIPHER.open(sign(token, "1714036504", "1514711492", encrypted), "1714036504", "1514711492", encrypted)


def test_the_vector_of_wechats_own_documents_holds() -> None:
    assert signature(TOKEN, "1714036504", "1514711492") == "f464b24fc39322e44b38aa78f5edd27bd1441696"


@given(parts=st.lists(st.text(max_size=20), min_size=1, max_size=5))
def test_a_signature_is_what_wechatpy_says(parts: list[str]) -> None:
    signer = WeChatSigner()
    signer.add_data(*parts)

    assert signature(*parts) == signer.signature


@given(message=st.text(max_size=200))
def test_what_wechatpy_seals_is_opened(message: str) -> None:
    key = base64.b64decode(AES_KEY + "=")

    assert opened(PrpCrypto(key).encrypt(message, CORPID).decode()) == message.encode()


@pytest.mark.parametrize("length", range(65))
def test_messages_of_every_length_are_opened(length: int) -> None:
    """Unpadded over 16 bytes instead of 32, half of these would be refused."""
    message = b"x" * length

    assert opened(seal(message, AES_KEY, CORPID)) == message


@given(message=st.text(max_size=100))
def test_what_the_fakes_seal_wechatpy_opens(message: str) -> None:
    key = base64.b64decode(AES_KEY + "=")

    assert PrpCrypto(key).decrypt(seal(message.encode(), AES_KEY, CORPID), CORPID) == message


def test_a_signature_made_with_another_token_is_refused() -> None:
    with pytest.raises(CallbackForged, match="signature"):
        opened(seal(b"hello", AES_KEY, CORPID), token="another")


def test_a_message_for_another_company_is_refused() -> None:
    with pytest.raises(CallbackForged, match="receiver"):
        opened(seal(b"hello", AES_KEY, "wwsomebodyelse"))


def test_a_message_sealed_with_another_key_is_refused() -> None:
    other = base64.b64encode(bytes(32)).decode().rstrip("=")

    with pytest.raises(CallbackForged):
        opened(seal(b"hello", other, CORPID))


@given(index=st.integers(0, 127), change=st.integers(1, 255))
def test_a_changed_byte_never_passes_for_another_receiver(index: int, change: int) -> None:
    sealed = bytearray(base64.b64decode(seal(b"x" * 60, AES_KEY, CORPID)))
    sealed[index % len(sealed)] ^= change
    changed = base64.b64encode(bytes(sealed)).decode()
    try:
        message = opened(changed)
    except CallbackForged:
        return

    assert len(message) == 60, "only the text itself can differ; its signature is what refuses it"


@given(text=st.text(max_size=100))
def test_nonsense_is_refused_with_the_one_error(text: str) -> None:
    with pytest.raises(CallbackForged):
        opened(text)


def test_a_signature_that_is_no_ascii_is_refused() -> None:
    with pytest.raises(CallbackForged):
        CIPHER.open("签名", "1", "2", "3")


@pytest.mark.parametrize("key", ["", "short", "!" * 43, AES_KEY + "="])
def test_a_key_that_is_none_is_said_at_the_start(key: str) -> None:
    with pytest.raises(ValueError):
        CallbackCipher(TOKEN, key, CORPID)
