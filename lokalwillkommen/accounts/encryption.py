"""Secrets of authenticator apps and recovery codes, so that a copy of the database alone is no second factor."""

import secrets
from base64 import b32encode, urlsafe_b64encode
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_USE = b"lokalwillkommen second factor"


def encrypt(text: str) -> str:
    """Encrypt with a key made of the secret key."""
    return _cipher(settings.SECRET_KEY).encrypt(text.encode()).decode()


def decrypt(encrypted: str) -> str:
    """Give the text again; under another secret key one that nobody knows, so that no code fits."""
    try:
        return _cipher(settings.SECRET_KEY).decrypt(encrypted).decode()
    except InvalidToken:
        return b32encode(secrets.token_bytes(20)).decode()


@lru_cache(maxsize=1)
def _cipher(secret_key: str) -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=_USE).derive(secret_key.encode())
    return Fernet(urlsafe_b64encode(key))
