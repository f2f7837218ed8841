#!/bin/sh
# Makes the Python client from openapi/openapi.json: generated code, mypy strict, and a wheel in `dist/`.
# Nothing of what is generated is committed.
set -eu
cd "$(dirname -- "$0")"
bin=$(CDPATH= cd -- ../../.venv/bin && pwd)
export PATH="$bin:$PATH" PIP_NO_INDEX=1 PIP_DISABLE_PIP_VERSION_CHECK=1
rm -rf verksted_client/rest dist
told=$(openapi-python-client generate --path ../../openapi/openapi.json --config generator.yaml --meta none \
  --custom-template-path templates --output-path verksted_client/rest --fail-on-warning 2>&1) || { echo "$told"; exit 1; }
mypy --no-error-summary
pip wheel -q --no-deps --no-build-isolation --wheel-dir dist .
