"""Signed claims: v1.<claims>.<HMAC-SHA-256>, both in base64url."""

import base64
import hashlib
import hmac
import json
import time

from protocol import Refusal


class Tokens:
    def __init__(self, secret):
        if len(secret) < 32:
            raise ValueError("S3_UPLOAD_SECRET needs 32 random characters. Make them with: openssl rand -base64 32")
        self._secret = secret.encode()

    def sign(self, kind, claims, seconds):
        payload = encode(json.dumps({**claims, "kind": kind, "expires": int(time.time()) + seconds}).encode())
        return f"v1.{payload}.{self._signature(payload)}"

    def read(self, kind, token):
        """What a genuine token of this kind says. The signature is checked before anything is read."""
        _, payload, signature = (token.split(".") + ["", ""])[:3]
        genuine = token == f"v1.{payload}.{signature}" and token.isascii()
        if not genuine or not hmac.compare_digest(self._signature(payload), signature):
            raise Refusal("invalid-token", "The token is malformed or altered.")
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        if claims["kind"] != kind:
            raise Refusal("invalid-token", "The token is of another kind.")
        if claims["expires"] < time.time():
            raise Refusal("expired-token", "The token is too old.", claims["id"])
        return claims

    def _signature(self, payload):
        return encode(hmac.digest(self._secret, f"v1.{payload}".encode(), hashlib.sha256))


def encode(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
