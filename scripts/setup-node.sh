#!/usr/bin/env bash
# Node 20 or newer, and node_modules/ as package-lock.json has it.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

for command in node npm; do
  command -v "$command" >/dev/null || fail "'$command' is missing. Install Node 20 or newer with npm, then run this again."
done
[ "$(node -p 'parseInt(process.versions.node)')" -ge 20 ] ||
  fail "Node $(node --version) is too old. Install Node 20 or newer, then run this again."

cmp -s package-lock.json node_modules/.installed && exit
say "Installing npm's packages into node_modules/"
PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error >/dev/null ||
  fail "npm could not install the packages of package-lock.json, for the reason above." \
    "Check the network and npm's registry setting, then run this again."
cp package-lock.json node_modules/.installed
