//! The Lab on a real socket.
fn main() {}
