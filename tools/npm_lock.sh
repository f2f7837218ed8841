#!/bin/sh
# Locks the npm projects that are named, with hashes and without any address: npm_lock.sh FOLDER…
# (.npmrc leaves the registry out; who asks for money for a package, and where, is left out here.)
set -eu
for folder in "$@"; do
  (cd "$folder" && npm install --package-lock-only --silent && node -e '
    const { readFileSync, writeFileSync } = require("node:fs");
    const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
    for (const each of Object.values(lock.packages)) delete each.funding;
    writeFileSync("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);')
done
