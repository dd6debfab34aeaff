#!/bin/bash
# start-real-s3.sh install|start|stop|restart|status|env|admin ...
#
# A real S3 for the tests: one node of the Ceph Object Gateway on 127.0.0.1, from the packages of Debian.
# Needs Debian 12 or later and root. No systemd, no containers.
#
#   S3_FLAVOR    host      (default) the distribution's own packages: Ceph 16.2 on Debian 12
#                reef      Ceph 18.2 in a chroot of Debian 13, made with debootstrap
#                tentacle  Ceph 20.2 in a chroot of Debian testing, made with debootstrap
#   S3_PORT      7480 | S3_MON_PORT 13300
#   S3_STORE     memstore (default, objects in RAM, fastest start) | bluestore (sparse file, bounded RAM)
#   S3_DIR       $TMPDIR/s3-direct-upload-$S3_FLAVOR       state; removed by stop
#   S3_ROOT      $TMPDIR/s3-direct-upload-$S3_FLAVOR-root  chroot of reef and tentacle; kept by stop
#   S3_ACCESS_KEY S3_SECRET_KEY                            the user; a second user "alt" is made as well
#   S3_LC_DAY    seconds in a lifecycle "day" (unset: real days)
#   S3_RGW_CONF  further lines of ceph.conf for the gateway
#   S3_MIRROR    the Debian mirror for a chroot (default: the one apt uses)
#
# start prints KEY=value lines, which env prints again: eval "$(start-real-s3.sh start)"
set -euo pipefail

FLAVOR=${S3_FLAVOR:-host}
PORT=${S3_PORT:-7480}
MONPORT=${S3_MON_PORT:-13300}
STORE=${S3_STORE:-memstore}
TEMP=${TMPDIR:-/tmp}
DIR=${S3_DIR:-$TEMP/s3-direct-upload-$FLAVOR}
ROOT=${S3_ROOT:-$TEMP/s3-direct-upload-$FLAVOR-root}
MIRROR=${S3_MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' 2>/dev/null | head -n 1)}
AK=${S3_ACCESS_KEY:-AKIAREALS3TESTMAIN01}
SK=${S3_SECRET_KEY:-realS3testSecretKeyMain0123456789abcdefg}
AK2=AKIAREALS3TESTALT002
SK2=realS3testSecretKeyAlt00123456789abcdefg
PKGS="ceph-mon ceph-osd radosgw"

case $FLAVOR in
  host) SUITE= ;;
  reef)     SUITE=trixie ;;
  tentacle) SUITE=forky ;;
  *) echo "unknown S3_FLAVOR=$FLAVOR" >&2; exit 2 ;;
esac

log() { echo "[real-s3] $*" >&2; }
die() { log "$*"; exit 1; }

# run a command where Ceph is installed; D is the state directory as that command sees it
if [ -n "$SUITE" ]; then
  D=/srv/real-s3; OUT=$ROOT$D
  inroot() { chroot "$ROOT" "$@"; }
else
  D=$DIR; OUT=$DIR
  inroot() { "$@"; }
fi
CONF=$D/ceph.conf

apt_quiet() { # apt-get without starting services; retries once after an update
  DEBIAN_FRONTEND=noninteractive inroot apt-get install -y --no-install-recommends "$@" >>"$DIR.log" 2>&1 && return
  inroot apt-get -o Acquire::Check-Valid-Until=false update >>"$DIR.log" 2>&1 || log "apt-get update failed"
  DEBIAN_FRONTEND=noninteractive inroot apt-get install -y --no-install-recommends "$@" >>"$DIR.log" 2>&1 || { tail -20 "$DIR.log" >&2; die "apt-get install $* failed, see $DIR.log"; }
}
no_services() { # keep package scripts from starting daemons; leaves an existing policy alone
  local f=$1/usr/sbin/policy-rc.d
  [ -e "$f" ] && return
  printf '#!/bin/sh\nexit 101\n' >"$f"; chmod +x "$f"; echo "$f"
}

install_ceph() {
  local made
  if [ -n "$SUITE" ]; then
    if [ ! -e "$ROOT/.real-s3-ready" ]; then
      command -v debootstrap >/dev/null || { (inroot() { "$@"; }; apt_quiet debootstrap); }
      log "debootstrap $SUITE into $ROOT"
      rm -rf --one-file-system "$ROOT"; mkdir -p "$ROOT"
      local script=/usr/share/debootstrap/scripts/$SUITE
      [ -e "$script" ] || script=/usr/share/debootstrap/scripts/sid
      debootstrap --variant=minbase --keyring=/usr/share/keyrings/debian-archive-keyring.gpg "$SUITE" "$ROOT" "$MIRROR" "$script" >>"$DIR.log" 2>&1 || { tail -20 "$DIR.log" >&2; die "debootstrap failed"; }
      no_services "$ROOT" >/dev/null
      cp /etc/resolv.conf "$ROOT/etc/resolv.conf" 2>/dev/null || true
      log "installing $PKGS in the chroot"
      mount -t proc proc "$ROOT/proc" # some package scripts read it; Ceph itself does not
      trap 'umount "$ROOT/proc" 2>/dev/null || true' EXIT
      apt_quiet $PKGS
      inroot apt-get clean
      umount "$ROOT/proc"; trap - EXIT
      touch "$ROOT/.real-s3-ready"
    fi
  elif ! command -v radosgw >/dev/null || ! command -v ceph-osd >/dev/null || ! command -v ceph-mon >/dev/null; then
    log "installing $PKGS"
    made=$(no_services "")
    apt_quiet $PKGS
    if [ -n "$made" ]; then rm -f "$made"; fi
  fi
}

pids() { # our daemons only: pids on file whose command line still names our ceph.conf (a zombie has none)
  local f p
  for f in "$OUT"/run/*.pid; do
    [ -e "$f" ] || continue
    p=$(cat "$f" 2>/dev/null || true)
    [ -n "$p" ] && tr '\0' ' ' 2>/dev/null <"/proc/$p/cmdline" | grep -qE "^(ceph-mon|ceph-osd|radosgw) .*$CONF" && echo "$p"
  done
  return 0
}

stop() {
  local p i all
  all=$(pids)
  for p in $all; do kill "$p" 2>/dev/null || true; done
  for i in $(seq 100); do [ -z "$(pids)" ] && break; sleep .1; done
  for p in $(pids); do kill -9 "$p" 2>/dev/null || true; done
  rm -rf --one-file-system "$OUT" "$DIR.env"
  log "stopped $FLAVOR${all:+ (pids $(echo $all))}"
}

prepare() { # everything that start does before there is a server
  [ "$(id -u)" = 0 ] || die "run as root"
  command -v apt-get >/dev/null || die "there is no apt-get here"
  mkdir -p "$(dirname "$DIR")"; : >"$DIR.log"
  install_ceph
}

start() {
  [ -z "$(pids)" ] || { log "already running"; cat "$DIR.env"; return; }
  if (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null; then die "port $PORT is in use"; fi
  local t0 t1 t2 fsid
  t0=$(date +%s%N)
  prepare
  t1=$(date +%s%N)
  rm -rf --one-file-system "$OUT"; mkdir -p "$OUT"/{mon,osd,run,log,rgw,crash}
  fsid=$(cat /proc/sys/kernel/random/uuid)
  cat >"$OUT/ceph.conf" <<C
[global]
fsid = $fsid
mon host = [v2:127.0.0.1:$MONPORT/0]
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind ipv6 = false
keyring = $D/keyring
run dir = $D/run
pid file = $D/run/\$type.\$id.pid
admin socket = $D/run/\$name.asok
log file = $D/log/\$name.log
crash dir = $D/crash
auth allow insecure global id reclaim = false
# one OSD, one copy, few placement groups
osd crush chooseleaf type = 0
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pgp num = 4
osd pool default pg autoscale mode = off
mon allow pool size one = true
mon warn on pool no redundancy = false
mon max pg per osd = 2000
mon data avail warn = 2
mon data avail crit = 1
mon data = $D/mon
# commit map changes at once: the first start takes seconds instead of a quarter of a minute
paxos propose interval = 0.05
paxos min wait = 0.01
rgw rados pool pg num min = 1

[osd]
osd data = $D/osd
osd objectstore = $STORE
memstore device bytes = 17179869184
bluestore block size = 34359738368
osd memory target = 939524096

[client]
rgw frontends = beast endpoint=127.0.0.1:$PORT
rgw data = $D/rgw
# http://BUCKET.localhost:$PORT works beside http://127.0.0.1:$PORT/BUCKET
rgw dns name = localhost
rgw s3 auth use sts = true
rgw sts key = abcdefghijklmnop
# SSE-C and friends over plain http on loopback
rgw crypt require ssl = false
${S3_LC_DAY:+rgw lc debug interval = $S3_LC_DAY}
${S3_RGW_CONF:-}
C
  local kr=$D/keyring
  {
    inroot ceph-authtool --create-keyring $kr --gen-key -n mon. --cap mon 'allow *'
    inroot ceph-authtool $kr --gen-key -n client.admin --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *'
    inroot ceph-authtool $kr --gen-key -n osd.0 --cap mon 'allow profile osd' --cap osd 'allow *' --cap mgr 'allow profile osd'
    inroot ceph-authtool $kr --gen-key -n client.rgw --cap mon 'allow rw' --cap osd 'allow rwx'
    inroot monmaptool --create --fsid "$fsid" --addv a "[v2:127.0.0.1:$MONPORT/0]" $D/monmap
    inroot ceph-mon -c $CONF --mkfs -i a --monmap $D/monmap --keyring $kr
    inroot ceph-mon -c $CONF -i a
    inroot timeout 30 ceph -c $CONF osd create
    inroot ceph-osd -c $CONF -i 0 --mkfs --no-mon-config
    inroot ceph-osd -c $CONF -i 0
    local i up=
    for i in $(seq 150); do inroot timeout 10 ceph -c $CONF osd stat 2>/dev/null | grep -q '1 up' && { up=1; break; }; sleep .1; done
    [ -n "$up" ] || die "the OSD did not come up, see $OUT/log"
    # radosgw >= 18 leaves no pid file when it daemonizes: keep it in the foreground of its own session
    if [ -n "$SUITE" ]; then set -- chroot "$ROOT"; else set --; fi
    setsid nohup "$@" radosgw -f -c $CONF -n client.rgw </dev/null >"$OUT/log/radosgw.out" 2>&1 &
    echo $! >"$OUT/run/radosgw.pid"
    up=
    for i in $(seq 600); do (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null && { up=1; break; }; sleep .1; done
    [ -n "$up" ] || die "radosgw did not listen, see $OUT/log"
    inroot timeout 60 radosgw-admin -c $CONF user create --uid=main --display-name=Main --email=main@example.com --access-key="$AK" --secret="$SK" --caps='roles=*;user-policy=*'
    inroot timeout 60 radosgw-admin -c $CONF user create --uid=alt --display-name=Alt --email=alt@example.com --access-key="$AK2" --secret="$SK2"
    # a role for STS: AssumeRole by the main user gives temporary keys that may do anything in S3
    inroot timeout 60 radosgw-admin -c $CONF role create --role-name=Uploader --path=/ --assume-role-policy-doc='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam:::user/main"]},"Action":["sts:AssumeRole"]}]}'
    inroot timeout 60 radosgw-admin -c $CONF role-policy put --role-name=Uploader --policy-name=S3 --policy-doc='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:*"],"Resource":"arn:aws:s3:::*"}]}'
  } >>"$DIR.log" 2>&1 || { tail -20 "$DIR.log" >&2; stop; die "start failed, see $DIR.log"; }
  t2=$(date +%s%N)
  cat >"$DIR.env" <<C
S3_ENDPOINT=http://127.0.0.1:$PORT
S3_REGION=us-east-1
S3_ACCESS_KEY=$AK
S3_SECRET_KEY=$SK
S3_ALT_ACCESS_KEY=$AK2
S3_ALT_SECRET_KEY=$SK2
S3_STS_ENDPOINT=http://127.0.0.1:$PORT
S3_STS_ROLE_ARN=arn:aws:iam:::role/Uploader
S3_SERVER='$(inroot radosgw --version 2>/dev/null | head -1)'
S3_PIDS='$(echo $(pids))'
C
  log "install $(((t1 - t0) / 1000000)) ms, cluster $(((t2 - t1) / 1000000)) ms, $STORE"
  cat "$DIR.env"
}

case ${1:-} in
  install) prepare ;;
  start) start ;;
  stop) stop ;;
  restart) stop; start ;;
  status) if [ -n "$(pids)" ]; then cat "$DIR.env"; ps -o pid,rss,comm -p "$(echo $(pids) | tr ' ' ,)"; else echo stopped; exit 3; fi ;;
  env) cat "$DIR.env" ;;
  admin) shift; inroot radosgw-admin -c $CONF "$@" ;; # e.g. admin user list
  *) sed -n '2,20s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
