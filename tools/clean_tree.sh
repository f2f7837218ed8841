#!/bin/sh
# No registry host, machine path or secret in any tracked file.
set -eu
cd "$(dirname "$0")/.."
command -v git >/dev/null && git rev-parse HEAD >/dev/null 2>&1 || { echo "no git checkout: not checked"; exit 1; }
bad=0
hosts=$(git ls-files '*.lock' '*package-lock.json' '*.npmrc' '*pip.conf' | xargs -r grep -nIoE 'https?://[^/" ]+' || true)
[ -z "$hosts" ] || { echo "a lock file names a host:"; echo "$hosts" | head; bad=1; }
[ -z "$(git ls-files uv.lock pylock.toml)" ] || { echo "uv.lock or pylock.toml is tracked"; bad=1; }
paths=$(git grep -nIE '/(home|root|Users)/[a-z]+/|/wor[k]/' -- . ':!app/api/shared/docs/static/third_party' || true)
[ -z "$paths" ] || { echo "a path of a machine:"; echo "$paths" | head; bad=1; }
keys=$(git grep -nIE 'BEGIN (RSA |EC |OPENSSH )?PRIVATE KEY|eyJhbGciOi[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}\.' -- . ':!app/api/shared/docs/static/third_party' || true)
[ -z "$keys" ] || { echo "a secret:"; echo "$keys" | cut -c1-120 | head; bad=1; }
[ $bad = 0 ] && echo "clean"
exit $bad
