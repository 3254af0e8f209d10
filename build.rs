//! What the linker is told: a page whose wasm is to be cut (see `src/ui/chunk.rs`) keeps its relocations, by which
//! `scripts/split.mjs` knows what belongs to what.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var_os("CARGO_CFG_SPLIT").is_some() {
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
