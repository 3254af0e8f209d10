# shellcheck shell=bash
# What the page's wasm is built with, besides Cargo.toml's profile, to be small at first:
# - views are made of few types instead of one for each (Leptos), which is some 20 kB less;
# - it can be cut, so that the first paint does not wait for what it does not need (build.rs, scripts/split.mjs).
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="--cfg erase_components --cfg split"
