#!/bin/sh
# Makes `dist/`, which is committed: `make run` serves it without Node. The same sources and locks give the same bytes.
# build.sh [OUT]: to another folder, to compare.
set -eu
cd "$(dirname -- "$0")"
[ -d ../../clients/typescript/dist ] || ../../clients/typescript/build.sh
[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --silent
node_modules/.bin/tsc --project tsconfig.json
node_modules/.bin/vite build --logLevel warn --emptyOutDir --outDir "${1:-dist}"
