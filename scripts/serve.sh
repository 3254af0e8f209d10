#!/usr/bin/env bash
# serve.sh PORT: serve the page at 127.0.0.1:$PORT and rebuild on change, in target/serve: dist/ stays what `make dist` wrote.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh
. scripts/flags.sh

PORT=$1
[[ $PORT =~ ^[0-9]+$ ]] || fail "PORT=$PORT is not a port. Give a number: make serve PORT=8081."
if (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null; then
  fail "Port $PORT is taken by another program. Stop it, or choose another port: make serve PORT=$((PORT + 1))."
fi
say "Building, then serving at http://127.0.0.1:$PORT/ until Ctrl-C"
mkdir -p target/serve
exec trunk serve --release --offline --locked --address 127.0.0.1 --port "$PORT" --dist target/serve
