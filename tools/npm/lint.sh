#!/bin/sh
# Lints an OpenAPI document: lint.sh openapi.json. Any finding of Redocly or Spectral, a warning too, is a failure.
set -eu
[ $# -eq 1 ] || { echo "usage: $0 OPENAPI_JSON" >&2; exit 2; }
document=$(CDPATH= cd -- "$(dirname -- "$1")" && pwd)/$(basename -- "$1")
cd "$(dirname -- "$0")"
export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true
[ -x node_modules/.bin/spectral ] || npm ci --silent

status=0
node_modules/.bin/redocly lint --config redocly.yaml --lint-config=error --format=stylish --max-problems=500 "$document" >.redocly.out 2>&1 || status=1
# Redocly exits 0 when it has only warnings.
if [ "$status" -ne 0 ] || grep -Eq '(^| )(warning|error) ' .redocly.out; then cat .redocly.out; status=1; fi
rm -f .redocly.out
node_modules/.bin/spectral lint --ruleset spectral.yaml --fail-severity=hint --display-only-failures=false "$document" || status=1
exit $status
