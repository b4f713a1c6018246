#!/bin/sh
# cryptography 50.0.2, wechatpy 1.8.18: WeChat pads to 32 bytes; an unpadder for AES's own block fails half the time.
#
# Expected: PKCS7(128), the block of AES, as the vendor's page says "AES-256-CBC, PKCS#7"; a wrong one fails at once.
# Seen: WeChat counts over 32 bytes, so that the last byte is 1 to 32. PKCS7(128) takes 1 to 16 and raises "Invalid
#   padding bytes." for 17 to 32: of messages of 64 lengths 32 open and 32 do not, and a test with one message may pass.
#   PKCS7(256) opens all. wechatpy's own decrypt looks at the last byte alone and cuts off as many: damaged padding
#   before it goes unnoticed there, and is refused by PKCS7(256).
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check wechatpy==1.8.18 cryptography==50.0.2
"$folder/venv/bin/python" - <<'PY'
from base64 import b64decode, b64encode

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7
from wechatpy.crypto import PrpCrypto

key, appid = b64decode("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG="), "wx00000000000000fa"


def opens(sealed, bits):
    decryptor, unpadder = Cipher(algorithms.AES(key), modes.CBC(key[:16])).decryptor(), PKCS7(bits).unpadder()
    try:
        unpadder.update(decryptor.update(sealed) + decryptor.finalize())
        unpadder.finalize()
    except ValueError:
        return False
    return True


sealed = [b64decode(PrpCrypto(key).encrypt("x" * length, appid)) for length in range(64)]
found = {bits: sum(opens(each, bits) for each in sealed) for bits in (128, 256)}
print("of 64 lengths open: with PKCS7(128)", found[128], "- with PKCS7(256)", found[256])
assert found == {128: 32, 256: 64}, "changed"

damaged = bytearray(sealed[26])  # ends in two blocks of nothing but padding
damaged[-32] ^= 1
print("damaged padding: wechatpy gives", repr(PrpCrypto(key).decrypt(b64encode(damaged), appid)))
print("damaged padding: PKCS7(256) opens it:", opens(bytes(damaged), 256))
assert PrpCrypto(key).decrypt(b64encode(damaged), appid) == "x" * 26, "changed: wechatpy looks at padding"
assert not opens(bytes(damaged), 256)
PY
