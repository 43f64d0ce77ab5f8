//! From what was read to what is written: contexts for templates, every value with its origin. No file is read or
//! written here.

pub mod award;
mod code;
pub mod compare;
mod letterhead;
pub mod plan;
pub mod registration;
pub mod supplement;
pub mod units;
