"""WeChat Pay v3, native payments: it verifies what a merchant signs, signs its answers, and seals its notices.

https://pay.weixin.qq.com/doc/v3/merchant/4012791877 (下单), 4012791880 (查单), 4012791882 (支付通知)
"""

import json
import re
import secrets
import time
from base64 import b64decode, b64encode
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256

from tests.fakes.server import Answer, Asked, Server

APPID, MCHID, SERIAL = "wx0000000000000001", "1900000001", "ABCDEF0123456789"
APIV3_KEY = "k" * 32
PUBLIC_KEY_ID = "PUB_KEY_ID_0119000000012026112700000000000001"
_AUTHORIZATION = re.compile(
    r'WECHATPAY2-SHA256-RSA2048 mchid="(.+?)",nonce_str="(.+?)",signature="(.+?)",timestamp="(\d+)",serial_no="(.+?)"'
)


@cache
def merchant_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def platform_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def environment(folder: Path, url: str, *, form: serialization.PrivateFormat | None = None) -> dict[str, str]:
    """What an operator sets, with the keys as files. `form`: of the merchant's key; PKCS#1 as the console gave it."""
    plain, pem = serialization.NoEncryption(), serialization.Encoding.PEM
    form = form or serialization.PrivateFormat.TraditionalOpenSSL
    (folder / "merchant.pem").write_bytes(merchant_key().private_bytes(pem, form, plain))
    public = platform_key().public_key().public_bytes(pem, serialization.PublicFormat.SubjectPublicKeyInfo)
    (folder / "platform.pem").write_bytes(public)
    named = {
        "APPID": APPID,
        "MCHID": MCHID,
        "SERIAL": SERIAL,
        "PRIVATE_KEY": str(folder / "merchant.pem"),
        "APIV3_KEY": APIV3_KEY,
        "PUBLIC_KEY": str(folder / "platform.pem"),
        "PUBLIC_KEY_ID": PUBLIC_KEY_ID,
        "BASE": url,
    }
    return {f"YIMA_WECHAT_PAY_{name}": value for name, value in named.items()}


class FakeWechatPay(Server):
    """`orders`: what merchants asked for, by their own number; `is_signing`: whether answers carry a true sign."""

    def __init__(self) -> None:
        super().__init__(self._answer)
        self.orders: dict[str, dict[str, Any]] = {}
        self.paid: dict[str, str] = {}
        self.is_signing = True

    def pay(self, out_trade_no: str) -> dict[str, Any]:
        """Somebody scans the code and pays."""
        self.paid[out_trade_no] = f"4200{secrets.randbelow(10**24):024d}"
        return self.transaction(out_trade_no)

    def transaction(self, out_trade_no: str) -> dict[str, Any]:
        order = self.orders[out_trade_no]
        is_paid = out_trade_no in self.paid
        told = {"appid": APPID, "mchid": MCHID, "out_trade_no": out_trade_no}
        told["trade_state"] = "SUCCESS" if is_paid else "NOTPAY"
        told["amount"] = order["amount"] | {"payer_total": order["amount"]["total"]}
        return told | (
            {"transaction_id": self.paid[out_trade_no], "success_time": "2026-11-27T18:00:00+08:00"} if is_paid else {}
        )

    async def _answer(self, asked: Asked) -> Answer:
        if not _is_signed(asked):
            return self._say({"code": "SIGN_ERROR", "message": "签名错误"}, 401)
        if asked.method == "POST" and asked.path == "/v3/pay/transactions/native":
            order = json.loads(asked.body)
            total = order["amount"]["total"]
            if type(total) is not int or total < 1 or order["mchid"] != MCHID or order["appid"] != APPID:
                return self._say({"code": "PARAM_ERROR", "message": "参数错误"}, 400)
            self.orders[order["out_trade_no"]] = order
            return self._say({"code_url": f"weixin://wxpay/bizpayurl?pr={order['out_trade_no'][-8:]}"})
        number = asked.path.rpartition("/")[2]
        if number not in self.orders:
            return self._say({"code": "ORDER_NOT_EXIST", "message": "订单不存在"}, 404)
        return self._say(self.transaction(number))

    def _say(self, said: dict[str, Any], status: int = 200) -> Answer:
        body = json.dumps(said, ensure_ascii=False).encode()
        signed = signed_headers(body) if self.is_signing else {}
        return Answer(body=body, status=status, headers=signed)


def notice(said: dict[str, Any], *, event: str = "TRANSACTION.SUCCESS", notice_id: str = "") -> bytes:
    """The body of a notice, sealed with the merchant's key."""
    nonce, about = secrets.token_hex(6), "transaction"
    sealed = AESGCM(APIV3_KEY.encode()).encrypt(nonce.encode(), json.dumps(said).encode(), about.encode())
    return json.dumps(
        {
            "id": notice_id or f"EV-{secrets.token_hex(12)}",
            "create_time": "2026-11-27T18:00:01+08:00",
            "resource_type": "encrypt-resource",
            "event_type": event,
            "resource": {
                "algorithm": "AEAD_AES_256_GCM",
                "ciphertext": b64encode(sealed).decode(),
                "associated_data": about,
                "nonce": nonce,
                "original_type": "transaction",
            },
        }
    ).encode()


def signed_headers(body: bytes, *, at: float | None = None, serial: str = PUBLIC_KEY_ID) -> dict[str, str]:
    timestamp, nonce = str(int(time.time() if at is None else at)), secrets.token_hex(16)
    signed = platform_key().sign(f"{timestamp}\n{nonce}\n".encode() + body + b"\n", PKCS1v15(), SHA256())
    return {
        "Wechatpay-Timestamp": timestamp,
        "Wechatpay-Nonce": nonce,
        "Wechatpay-Serial": serial,
        "Wechatpay-Signature": b64encode(signed).decode(),
        "Wechatpay-Signature-Type": "WECHATPAY2-SHA256-RSA2048",
    }


def _is_signed(asked: Asked) -> bool:
    found = _AUTHORIZATION.fullmatch(asked.headers.get("authorization", ""))
    if found is None:
        return False
    mchid, nonce, signature, timestamp, serial = found.groups()
    query = "&".join(f"{name}={value}" for name, value in asked.query.items())
    path = f"{asked.path}?{query}" if query else asked.path
    message = f"{asked.method}\n{path}\n{timestamp}\n{nonce}\n{asked.body.decode()}\n".encode()
    try:
        merchant_key().public_key().verify(b64decode(signature), message, PKCS1v15(), SHA256())
    except InvalidSignature:
        return False
    return (mchid, serial) == (MCHID, SERIAL) and abs(time.time() - int(timestamp)) < 300
