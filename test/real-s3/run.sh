#!/bin/bash
# Runs every test that has a bucket against a real S3 server: Ceph from the packages of Debian, as root.
# `--slice`, the first argument, leaves out the browser tests that ask of S3 what others ask. Further arguments go to
# Vitest. See start-real-s3.sh for S3_FLAVOR and the other settings.
set -euo pipefail
cd "$(dirname "$0")/../.."
PATH="$PWD/node_modules/.bin:$PATH"
server=test/real-s3/start-real-s3.sh
browser=(test/browser)
if [ "${1:-}" = --slice ]; then
  browser=(test/browser/{download.test,multipart,upload})
  shift
fi

# A server of its own, beside any other on this computer.
free_port() {
  node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })'
}
S3_DIR=$(mktemp -d)/ceph
S3_PORT=$(free_port)
S3_MON_PORT=$(free_port)
export S3_DIR S3_PORT S3_MON_PORT

trap '"$server" stop; rm -rf "$(dirname "$S3_DIR")"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

settings=$("$server" start)
eval "$settings"

export REAL_S3_ENDPOINT=$S3_ENDPOINT
export REAL_S3_REGION=$S3_REGION
export REAL_S3_ACCESS_KEY=$S3_ACCESS_KEY
export REAL_S3_SECRET_KEY=$S3_SECRET_KEY
export REAL_S3_STS_ROLE_ARN=$S3_STS_ROLE_ARN
# "ceph version 16.2.15 (…) pacific (stable)" → ceph-16.2
REAL_S3_NAME=$(sed -E 's/^ceph version ([0-9]+\.[0-9]+).*/ceph-\1/' <<<"$S3_SERVER")
export REAL_S3_NAME
echo "Tests against $REAL_S3_NAME at $REAL_S3_ENDPOINT"

# Of the browser tests, two have no bucket.
vitest run --project node --project browser \
  --exclude 'test/browser/{checksum,resume-store}.test.ts' \
  test/testing/conformance test/server/multipart-round-trip test/server/download-round-trip test/attacks/attacks "${browser[@]}" "$@"
