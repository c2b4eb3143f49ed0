"""A cipher for tests of what is sealed, with a key of its own: real encryption, without a vault."""

import os

from bson.binary import Binary
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

SUBTYPE = 6


class OwnCipher:
    """Equal values look alike only where they may (AES-SIV, RFC 5297)."""

    def __init__(self):
        self._sealing = AESSIV(AESSIV.generate_key(256))

    async def seal(self, plain, *, findable):
        nonce = b"findable-" + b"0" * 7 if findable else os.urandom(16)
        return Binary(nonce + self._sealing.encrypt(bytes(plain), [nonce]), SUBTYPE)

    async def open(self, sealed):
        return self._sealing.decrypt(bytes(sealed[16:]), [bytes(sealed[:16])])
