#!/bin/sh
# Refreshes the third-party files of the documentation pages from npm, by the lock file: same lock, same bytes.
# To move to another version, change tools/npm/vendor/package.json, run `npm install` there, then this.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
cd "$here/npm/vendor"
npm ci --silent
node bundle.mjs "$here/../app/api/shared/docs/static/third_party"
