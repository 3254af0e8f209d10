#!/usr/bin/env bash
# cargo-fuzz in .tools/, a C++ compiler, which builds libFuzzer, and the crates of fuzz/Cargo.lock: for `make fuzz` alone.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

compiler=${CXX:-c++}
command -v "${compiler%% *}" >/dev/null || fail "libFuzzer is C++, and there is no compiler for it: no '$compiler' on PATH." \
  "Install one (on Debian: 'apt-get install g++'), or name yours: CXX=/path/to/compiler make fuzz."
install_tool cargo-fuzz cargo-fuzz 0.13.2

# cargo-fuzz passes no --locked on to cargo, so it is said here: after this the lock is complete, and nothing changes it.
lock=(cargo fetch --locked --manifest-path fuzz/Cargo.toml --quiet)
"${lock[@]}" --offline 2>/dev/null && exit
say "Fetching the crates of fuzz/Cargo.lock"
"${lock[@]}" || fail "The crates of fuzz/Cargo.lock could not be fetched, for the reason above." \
  "If a Cargo.toml was changed, run 'cargo fetch --manifest-path fuzz/Cargo.toml' once to update fuzz/Cargo.lock;" \
  "otherwise check the network."
