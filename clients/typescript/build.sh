#!/bin/sh
# Makes the TypeScript client from openapi/openapi.json: generated types, then tsc --strict. `dist/` is the package,
# `build/` the compiled tests and examples. Nothing of what is generated is committed.
set -eu
cd "$(dirname -- "$0")"
document=../../openapi/openapi.json
# npm writes node_modules/.package-lock.json last: older than the lock means that what stands there is another's.
[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --silent
rm -rf src/generated dist build
mkdir -p src/generated
node_modules/.bin/openapi-typescript "$document" --output src/generated/schema.ts --root-types \
  --root-types-no-schema-prefix --default-non-nullable=false >/dev/null
node_modules/.bin/tsc --project tsconfig.json
node_modules/.bin/tsc --project test/tsconfig.json
