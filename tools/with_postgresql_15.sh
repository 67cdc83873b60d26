#!/usr/bin/env bash
# Run a command with DATABASE_URL set to a new, empty PostgreSQL 15 of Debian; it is gone afterwards.
#   bash tools/with_postgresql_15.sh python3 tools/run_tests.py tests/apps
set -euo pipefail
bin=/usr/lib/postgresql/15/bin
[ -x "$bin/initdb" ] || { echo "PostgreSQL 15 is not installed: apt-get install postgresql-15" >&2; exit 1; }
folder=$(mktemp -d)
as=()
# PostgreSQL refuses to run as root.
if [ "$(id -u)" = 0 ]; then chown postgres "$folder"; as=(runuser -u postgres --); fi
cleanup() {
  "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap cleanup EXIT
chmod 711 "$folder"
(cd / && "${as[@]}" "$bin/initdb" -D "$folder/data" -U postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 >/dev/null)
(cd / && "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" \
  -o "-c listen_addresses='' -k $folder -c fsync=off" start >/dev/null)
export DATABASE_URL="postgresql://postgres@/postgres?host=$folder"
"$@"
