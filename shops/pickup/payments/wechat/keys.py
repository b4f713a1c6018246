"""Keys as the package wants them: whatever form of PEM an operator was given."""

from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import serialization

from backend.config import SettingMissing


def private_key(pem: bytes) -> str:
    """As PKCS#8: the package refuses PKCS#1 (BEGIN RSA PRIVATE KEY). Raises SettingMissing."""
    try:
        key = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError) as error:
        raise SettingMissing("YIMA_WECHAT_PAY_PRIVATE_KEY holds no private key as PEM without a password") from error
    plain = serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain).decode()


def public_key(pem: bytes) -> str:
    """Raises SettingMissing."""
    try:
        serialization.load_pem_public_key(pem)
    except ValueError as error:
        raise SettingMissing("YIMA_WECHAT_PAY_PUBLIC_KEY holds no public key as PEM") from error
    return pem.decode()


def certificate(pem: bytes) -> Any:
    """A certificate of the platform, for notices that it signed before the town went over to the public key."""
    try:
        return x509.load_pem_x509_certificate(pem)
    except ValueError as error:
        raise SettingMissing("YIMA_WECHAT_PAY_CERTIFICATE holds no certificate as PEM") from error
