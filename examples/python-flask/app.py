"""The signing endpoint of s3-direct-upload in Flask: levels core and downloads of docs/protocol.md.

Who is signed in says `current_user`, and who may download what says `may_download`: replace both with your own.
"""

import os
import re
import secrets
from urllib.parse import quote

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from flask import Flask, request

from protocol import Refusal, answer_each, check_download, check_file, check_token, read_body, register_errors
from tokens import Tokens

BUCKET = os.environ["S3_BUCKET"]
PREFIX = os.environ.get("S3_PREFIX", "")
ENDPOINT = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL") or None
PUBLIC_ORIGIN = os.environ.get("PUBLIC_ORIGIN")
USERS = dict(pair.split("=", 1) for pair in os.environ.get("DEMO_USERS", "").split(",") if pair)
MAX_FILE_BYTES = 5 * 1024**3  # What S3 takes in one request.
SIGNATURE_SECONDS, DOWNLOAD_SECONDS, TOKEN_SECONDS = 600, 300, 86_400
SHOWN_TYPES = {"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain"}

# Credentials come from where boto3 always looks: the environment, a profile, the role of the container.
s3 = boto3.client(
    "s3",
    region_name=os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION"),
    endpoint_url=ENDPOINT,
    config=Config(signature_version="s3v4", s3={"addressing_style": "path" if ENDPOINT else "virtual"}),
)
tokens = Tokens(os.environ["S3_UPLOAD_SECRET"])
app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 1024**2
register_errors(app)


def current_user():
    """Says who sends the request, or None. Your app asks its session here."""
    scheme, _, credential = request.headers.get("Authorization", "").partition(" ")
    found = [user for known, user in USERS.items() if secrets.compare_digest(known.encode(), credential.encode())]
    return found[0] if scheme == "Bearer" and found else None


def may_download(user, key, uploader):
    """Says whether the user may read the object. Your app asks its database; `uploader` is None where a key was sent."""
    return uploader == user


@app.post("/api/s3")
def endpoint():
    require_own_origin()
    body = read_body()
    user = current_user()
    if user is None:
        raise Refusal("unauthorized", "Nobody is signed in. Sign in and try again.")
    if body["operation"] == "sign-uploads":
        return {"files": answer_each(body, "files", lambda file, field: sign_upload(user, file, field))}
    if body["operation"] == "complete-uploads":
        return {"uploads": answer_each(body, "uploads", lambda upload, field: complete_upload(user, upload, field))}
    if body["operation"] == "abort-uploads":
        return {"uploads": answer_each(body, "tokens", lambda token, field: abort_upload(user, token, field))}
    if body["operation"] == "sign-downloads":
        return {"files": answer_each(body, "files", lambda file, field: sign_download(user, file, field))}
    raise Refusal("unsupported-operation", "This server does not offer the operation.")


def require_own_origin():
    """No page of another site acts for a signed-in visitor. Only browsers send these headers, and no script can set them."""
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    own = PUBLIC_ORIGIN or request.host_url.rstrip("/")
    if origin != own if origin else site not in (None, "same-origin", "none"):
        raise Refusal("origin-not-allowed", "Pages of this origin may not use the endpoint.")


def sign_upload(user, file, field):
    check_file(file, field)
    size, content_type = file["size"], file["type"].lower()
    if size > MAX_FILE_BYTES:
        raise Refusal("file-too-large", "The file is larger than the 5 GiB allowed here.")
    if not re.fullmatch(r"[\w.+-]+/[\w.+-]+(; ?[\w-]+=[\w.-]+)?", content_type, re.ASCII):
        content_type = "application/octet-stream"
    # Nobody can guess it, and of the name only what is harmless is left.
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", os.path.splitext(file["name"])[0]).strip("-")[:100] or "file"
    extension = re.sub(r"[^A-Za-z0-9]", "", os.path.splitext(file["name"])[1])[:16]
    key = f"{PREFIX}{secrets.token_hex(16)}/{name}{'.' if extension else ''}{extension}"
    fields = {"Content-Type": content_type, "success_action_status": "201"}
    if file.get("checksum"):
        fields |= {"x-amz-checksum-algorithm": "SHA256", "x-amz-checksum-sha256": file["checksum"]}
    # Every field has its exact condition: the form stores this one object and nothing else.
    form = s3.generate_presigned_post(
        BUCKET,
        key,
        Fields=dict(fields),
        Conditions=[{field: value} for field, value in fields.items()] + [["content-length-range", size, size]],
        ExpiresIn=SIGNATURE_SECONDS,
    )
    claims = {"id": file["id"], "owner": user, "key": key, "size": size, "type": content_type, "name": file["name"]}
    return {
        "id": file["id"],
        "method": "POST",
        "url": form["url"],
        "fields": form["fields"],
        "key": key,
        "token": tokens.sign("upload", claims, TOKEN_SECONDS),
        "expiresInSeconds": SIGNATURE_SECONDS,
    }


def complete_upload(user, upload, field):
    claims = claims_of(user, upload.get("token") if isinstance(upload, dict) else None, f"{field}.token")
    stored = look_at(claims["key"])
    if stored is None:
        raise Refusal("upload-not-found", "The file has not arrived.", claims["id"])
    if stored["ContentLength"] != claims["size"]:
        raise Refusal("size-mismatch", "The stored object has another size than was signed.", claims["id"])
    if stored["ContentType"].lower() != claims["type"]:
        raise Refusal("type-mismatch", "The stored object has another content type than was signed.", claims["id"])
    # This is where your app notes the file. It may happen again for the same upload, so it must be idempotent.
    facts = {"etag": stored["ETag"], **claims}
    return {
        "id": claims["id"],
        "key": claims["key"],
        "size": claims["size"],
        "etag": stored["ETag"],
        "contentType": claims["type"],
        "receipt": tokens.sign("receipt", facts, TOKEN_SECONDS),
    }


def abort_upload(user, token, field):
    return {"id": claims_of(user, token, field)["id"], "state": "aborted"}


def sign_download(user, file, field):
    check_download(file, field)
    receipt = tokens.read("receipt", file["receipt"]) if "receipt" in file else {}
    key = receipt.get("key", file.get("key", ""))
    if not key.startswith(PREFIX) or not may_download(user, key, receipt.get("owner")):
        raise Refusal("forbidden", "You may not download this file.")
    stored = look_at(key)
    if stored is None:
        raise Refusal("object-not-found", "The file is no longer there.")
    # What can run script is never shown, whatever the page asks for.
    is_shown = file.get("disposition") == "inline" and stored["ContentType"] in SHOWN_TYPES
    name = quote(file.get("name") or receipt.get("name") or key.rpartition("/")[2], safe="", errors="replace")
    disposition = f"{'inline' if is_shown else 'attachment'}; filename*=UTF-8''{name}"
    parameters = {"Bucket": BUCKET, "Key": key, "ResponseContentDisposition": disposition}
    url = s3.generate_presigned_url("get_object", Params=parameters, ExpiresIn=DOWNLOAD_SECONDS)
    return {"key": key, "url": url, "expiresInSeconds": DOWNLOAD_SECONDS}


def claims_of(user, token, field):
    """What a token of this user says. Later operations act on nothing else."""
    claims = tokens.read("upload", check_token(token, field))
    if claims["owner"] != user:
        raise Refusal("invalid-token", "The token is not yours.")
    return claims


def look_at(key):
    """HeadObject, or None where there is no object. Without s3:ListBucket, S3 answers 403 for that."""
    try:
        return s3.head_object(Bucket=BUCKET, Key=key)
    except ClientError as error:
        status = error.response["ResponseMetadata"]["HTTPStatusCode"]
        if status == 404:
            return None
        app.logger.error("S3 answered %s to HeadObject.", status)
        code = "storage-refused" if status == 403 else "storage-error"
        raise Refusal(code, "The storage did not answer as it should. Try again later.") from error
    except BotoCoreError as error:
        app.logger.error("S3 did not answer: %s", type(error).__name__)
        raise Refusal("storage-error", "The storage did not answer. Try again later.") from error
