#!/bin/sh
# Known vulnerabilities of what is locked. Waivers stand in tools/audit-waivers.txt with their reasons.
# Where advisories can't be reached it says "not audited", and the run goes on: that is no pass, and it is said again
# in the last line of .ci/run.
set -eu
cd "$(dirname "$0")/.."
waivers=$(sed -nE 's/^([A-Z]+-[A-Za-z0-9-]+).*/--ignore-vuln \1/p' tools/audit-waivers.txt | tr '\n' ' ')
out=$(mktemp)
trap 'rm -f "$out"' EXIT
# shellcheck disable=SC2086
timeout 120 .venv/bin/pip-audit --require-hashes --disable-pip -r requirements.lock $waivers >"$out" 2>&1 && ok=1 || ok=0
unknown=$(grep -c 'could not be audited' "$out" || true)
if [ "$unknown" -gt 0 ]; then
  echo "NOT AUDITED: $unknown packages, as their advisories can't be reached from here"
elif [ $ok = 1 ]; then
  tail -n 3 "$out"
elif grep -qE '^Found [0-9]+ known' "$out"; then
  cat "$out"
  exit 1
else
  echo "NOT AUDITED: the advisories can't be reached from here"
fi
