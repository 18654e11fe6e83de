#!/usr/bin/env bash
# Starts the local cloud as a user does, asks its services for a list until one has a seeded row, and ends it.
set -euo pipefail
cd "$(dirname "$0")/.."

log=$(mktemp)
data=$(mktemp -d)
trap 'kill -TERM "$cloud" 2>/dev/null || true; rm -rf "$log" "$data"' EXIT
npm start -- --data "$data" >"$log" 2>&1 &
cloud=$!
for _ in $(seq 150); do
  grep -q 'is ready' "$log" && break
  kill -0 "$cloud" 2>/dev/null || break
  sleep 0.2
done
grep 'is ready' "$log" || { cat "$log"; exit 1; }
page=
for path in $(grep 'is ready' "$log" | grep -oE '"/[a-z-]+"' | tr -d '"' | sort -u); do # piped, it speaks JSON
  page=$(curl --silent --show-error "http://127.0.0.1:3000$path?limit=1")
  grep -q '"count":1' <<<"$page" && break
done
echo "$page"
grep -q '"count":1' <<<"$page"
kill -TERM "$cloud"
wait "$cloud" || true
