#!/usr/bin/env bash
# trunk, wasm-bindgen and wasm-split-cli in .tools/. The last two must match their crates, so Cargo.lock names the first's
# version, and the second's is raised together with wasm_split_helpers.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

trunk=0.21.14
wasm_split=0.2.4
wasm_bindgen=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/"/, "", $3); print $3 }' Cargo.lock)

install_tool trunk trunk "$trunk" --no-default-features --features rustls
CARGO_PROFILE_DEV_OPT_LEVEL=1 install_tool wasm-bindgen-cli wasm-bindgen "$wasm_bindgen"
install_tool wasm_split_cli_support wasm-split-cli "$wasm_split" --features build-binary
