//! Native benchmarks against named peers.
fn main() {}
