//! The picture as pure geometry: trace → [rows] → [scene]. Painting a scene is the shell's last step.

pub mod axis;
pub mod detail;
pub mod gesture;
pub mod hatch;
pub mod layout;
pub mod legend;
pub mod rows;
pub mod scale;
pub mod scene;
pub mod steps;
pub mod svg;
pub mod underline;
pub mod window;
