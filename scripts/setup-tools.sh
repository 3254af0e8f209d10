#!/usr/bin/env bash
# trunk, wasm-bindgen and wasm-split-cli in .tools/. The last two must match their crates, so Cargo.lock names the first's
# version, and the second's is raised together with wasm_split_helpers.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

build="${CARGO_TARGET_DIR:-target}/tools"
trunk=0.21.14
wasm_split=0.2.4
wasm_bindgen=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/"/, "", $3); print $3 }' Cargo.lock)

# install CRATE COMMAND VERSION [FLAG...]: unless that version is there. Unoptimised: it builds in half the time.
install() {
  local crate=$1 command=$2 version=$3
  shift 3
  [ ! -x ".tools/bin/$command" ] || ! grep -qs "^\"$crate $version " .tools/.crates.toml || return 0
  say "Installing $crate $version into .tools/ (some three minutes on two cores)"
  CARGO_TARGET_DIR=$build CARGO_PROFILE_DEV_DEBUG=0 \
    cargo install "$crate" --version "$version" --locked --debug --force --root .tools "$@" ||
    fail "$crate $version could not be installed, for the reason above. Check the network, then run this again."
  rm -rf "$build"
}

install trunk trunk "$trunk" --no-default-features --features rustls
CARGO_PROFILE_DEV_OPT_LEVEL=1 install wasm-bindgen-cli wasm-bindgen "$wasm_bindgen"
install wasm_split_cli_support wasm-split-cli "$wasm_split" --features build-binary
