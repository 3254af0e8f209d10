# shellcheck shell=bash
# What the page's wasm is built with, besides Cargo.toml's profile, to be small at first:
# - views are made of few types instead of one for each (Leptos), which is some 20 kB less;
# - the linker keeps its relocations, so that scripts/split.mjs can cut off what the first paint does not need.
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="--cfg erase_components --cfg split -C link-arg=--emit-relocs"
