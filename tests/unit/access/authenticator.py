"""A passkey in software: it makes keys and signs as W3C Web Authentication says, and can be told to misbehave."""

import hashlib
import json
import os
import struct
from dataclasses import dataclass, field

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class Authenticator:
    origin: str
    flags: int = PRESENT | VERIFIED
    count: int = 0
    counts: bool = True
    id: bytes = field(default_factory=lambda: os.urandom(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    user: bytes = b""

    def create(self, options):
        """The answer to `navigator.credentials.create`, as JSON."""
        asked = json.loads(options)
        self.user = base64url_to_bytes(asked["user"]["id"])
        attested = bytes(16) + struct.pack(">H", len(self.id)) + self.id + cbor2.dumps(self._cose())
        data = self._data(asked["rp"]["id"], ATTESTED) + attested
        statement = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        told = self._told("webauthn.create", asked["challenge"])
        return self._answer({"clientDataJSON": told, "attestationObject": statement})

    def get(self, options):
        """The answer to `navigator.credentials.get`, as JSON."""
        asked = json.loads(options)
        self.count += self.counts
        data, told = self._data(asked["rpId"]), self._told("webauthn.get", asked["challenge"])
        signature = self.key.sign(data + hashlib.sha256(told).digest(), ec.ECDSA(SHA256()))
        signed = {"clientDataJSON": told, "authenticatorData": data, "signature": signature, "userHandle": self.user}
        return self._answer(signed)

    def _cose(self):
        numbers = self.key.public_key().public_numbers()
        return {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}

    def _data(self, host, flags=0):
        return hashlib.sha256(host.encode()).digest() + bytes([self.flags | flags]) + struct.pack(">I", self.count)

    def _told(self, kind, challenge):
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _answer(self, response):
        id_ = bytes_to_base64url(self.id)
        parts = {name: bytes_to_base64url(value) for name, value in response.items()}
        return json.dumps({"id": id_, "rawId": id_, "type": "public-key", "response": parts})
