#!/usr/bin/env bash
# Rust, a linker, the wasm32 target, clippy and rustfmt, and the crates of Cargo.lock.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

target=wasm32-unknown-unknown

command -v cargo >/dev/null || fail "Rust is missing: no 'cargo' on PATH or in ~/.cargo/bin." \
  "Install it with rustup (https://rustup.rs), then run this again."

# through_rustup NOUN COMMAND...: run rustup, or say that it is missing.
through_rustup() {
  local noun=$1
  shift
  command -v rustup >/dev/null || fail "Rust's $noun is missing, and so is rustup, which would add it." \
    "Install Rust with rustup (https://rustup.rs), or add the $noun with your system's package manager."
  say "Adding Rust's $noun: rustup $*"
  rustup --quiet "$@" || fail "rustup could not add the $noun, for the reason above. Check the network, then run this again."
}

command -v cc >/dev/null || apt_install gcc libc6-dev
[ -d "$(rustc --print sysroot)/lib/rustlib/$target" ] || through_rustup "$target target" target add "$target"
for component in clippy rustfmt; do
  cargo "${component/rustfmt/fmt}" --version >/dev/null 2>&1 || through_rustup "$component" component add "$component"
done

cargo fetch --locked --offline --quiet 2>/dev/null && exit
say "Fetching the crates of Cargo.lock"
cargo fetch --locked --quiet || fail "The crates of Cargo.lock could not be fetched, for the reason above." \
  "If Cargo.toml was changed, run 'cargo check' once to update Cargo.lock; otherwise check the network."
