"""Encrypting what must be read again: the database alone tells nothing of it."""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken
from django.utils.crypto import salted_hmac


class SealBroken(Exception):
    """It was encrypted under another key of Django's."""


class Box:
    """Seals texts for one purpose, under a key of its own that is derived from Django's."""

    def __init__(self, purpose: str) -> None:
        self._purpose = purpose

    def seal(self, text: str) -> str:
        return self._fernet().encrypt(text.encode()).decode("ascii")

    def unseal(self, sealed: str) -> str:
        """Read what `seal` has written. Raises `SealBroken`."""
        try:
            return self._fernet().decrypt(sealed.encode("ascii")).decode()
        except InvalidToken as error:
            raise SealBroken from error

    def _fernet(self) -> Fernet:
        key = salted_hmac(self._purpose, "secret", algorithm="sha256").digest()
        return Fernet(urlsafe_b64encode(key))
