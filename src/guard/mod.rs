//! The only door for archives, XML and output files: what is read is bounded, what is written is atomic.

pub mod child;
pub mod digest;
pub mod helper;
pub mod input;
mod limits;
pub mod ole;
pub mod package;
pub mod stream;
pub mod write;
pub mod xml;

pub use limits::Limits;
