"""How requests are read and refused: docs/protocol.md, "Batches" and "Errors"."""

import json
import re

from flask import request
from werkzeug.exceptions import HTTPException

# code: status, and whether the same request may succeed later
ERRORS = {
    "invalid-request": (400, False),
    "unauthorized": (401, False),
    "forbidden": (403, False),
    "origin-not-allowed": (403, False),
    "invalid-token": (403, False),
    "expired-token": (403, False),
    "upload-not-found": (404, True),
    "object-not-found": (404, False),
    "method-not-allowed": (405, False),
    "size-mismatch": (409, False),
    "type-mismatch": (409, False),
    "request-too-large": (413, False),
    "file-too-large": (413, False),
    "unsupported-media-type": (415, False),
    "internal-error": (500, True),
    "unsupported-operation": (501, False),
    "storage-error": (502, True),
    "storage-refused": (502, False),
}
OF_STATUS = {400: "invalid-request", 405: "method-not-allowed", 413: "request-too-large"}
UUID = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
SHA256 = re.compile(r"[A-Za-z0-9+/]{43}=")


class Refusal(Exception):
    def __init__(self, code, message, id=None):
        super().__init__(message)
        self.code, self.message, self.id = code, message, id

    def entry(self):
        # In front of a message for developers: pages then show users a sentence of their own.
        error = {"code": self.code, "message": f"s3-direct-upload: {self.message}", "retryable": ERRORS[self.code][1]}
        return {"error": error} if self.id is None else {"id": self.id, "error": error}


def register_errors(app):
    """Every refusal, whoever makes it, has the form of the protocol."""

    @app.errorhandler(Refusal)
    def refused(refusal):
        return {"error": refusal.entry()["error"]}, ERRORS[refusal.code][0]

    @app.errorhandler(HTTPException)
    def http_error(error):
        if error.code not in OF_STATUS:
            return error
        return refused(Refusal(OF_STATUS[error.code], "The request was refused by the web server."))

    @app.errorhandler(Exception)
    def failed(error):
        app.logger.exception("The endpoint failed.")
        return refused(Refusal("internal-error", "Something went wrong in the server."))


def read_body():
    """The request's JSON, if it is an object with an operation. A form of another site cannot send this content type."""
    if request.mimetype != "application/json":
        raise Refusal("unsupported-media-type", "The content type must be application/json.")
    try:
        # NaN and Infinity are no JSON, though Python takes them: int() refuses their names.
        body = json.loads(request.get_data(), parse_constant=int)
    except (ValueError, RecursionError) as error:
        raise Refusal("invalid-request", "body: is not valid JSON.") from error
    if not isinstance(body, dict) or not isinstance(body.get("operation"), str):
        raise Refusal("invalid-request", "operation: must be text.")
    attempt = body.get("attempt", 1)
    if not is_count(attempt) or attempt < 1:
        raise Refusal("invalid-request", "attempt: must be 1 or more.")
    return body


def answer_each(body, field, answer):
    """One entry per item, in order: a refused item takes no other along."""
    items = body.get(field)
    if not isinstance(items, list) or not 1 <= len(items) <= 100:
        raise Refusal("invalid-request", f"{field}: must be a list of 1 to 100 items.")
    return [answer_one(item, f"{field}.{index}", answer) for index, item in enumerate(items)]


def answer_one(item, field, answer):
    try:
        return answer(item, field)
    except Refusal as refusal:
        id = item.get("id") if isinstance(item, dict) else None
        if refusal.id is None and isinstance(id, str) and len(id) <= 64:
            refusal.id = id
        return refusal.entry()


def check_file(file, field):
    require(isinstance(file, dict), field, "must be an object")
    id, metadata, checksum = file.get("id"), file.get("metadata", {}), file.get("checksum")
    require(isinstance(id, str) and UUID.fullmatch(id), f"{field}.id", "must be a UUID")
    require_text(file.get("name"), f"{field}.name", 1, 1024)
    require_text(file.get("type"), f"{field}.type", 0, 255)
    require(is_count(file.get("size")), f"{field}.size", "must be a number of bytes")
    require_text(file.get("relativePath", ""), f"{field}.relativePath", 0, 4096)
    require(isinstance(metadata, dict), f"{field}.metadata", "must be an object")
    for name, value in metadata.items():
        require_text(name, f"{field}.metadata", 0, 128)
        require_text(value, f"{field}.metadata", 0, 2048)
    if "checksum" in file:
        require(isinstance(checksum, str) and SHA256.fullmatch(checksum), f"{field}.checksum", "must be a base64 SHA-256")


def check_download(file, field):
    require(isinstance(file, dict), field, "must be an object")
    require(("key" in file) != ("receipt" in file), f"{field}.key", "or receipt must be given, and only one of them")
    if "key" in file:
        require_text(file["key"], f"{field}.key", 1, 1024)
        steps = file["key"].split("/")
        require(not {"", ".", ".."} & set(steps) and file["key"].isprintable(), f"{field}.key", "is no key of an upload")
    else:
        check_token(file["receipt"], f"{field}.receipt")
    require(file.get("disposition", "inline") in ("inline", "attachment"), f"{field}.disposition", "is not known")
    require_text(file.get("name", "x"), f"{field}.name", 1, 1024)


def check_token(token, field):
    require_text(token, field, 0, 16_384)
    return token


def require_text(value, field, min_length, max_length):
    is_text = isinstance(value, str) and min_length <= len(value) <= max_length
    require(is_text, field, f"must be text of {min_length} to {max_length} characters")


def is_count(value):
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53


def require(condition, field, problem):
    if not condition:
        raise Refusal("invalid-request", f"{field}: {problem}.")
