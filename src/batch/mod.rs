//! Many documents at once: the work list, bounded reading of inputs, workers with results in work-list order.

mod archive;
mod input;
mod names;
pub mod office;
mod workers;
mod worklist;

pub use input::{guarded, load};
pub use names::{output_names, safe_name};
pub use workers::{as_they_come, in_order, soon, taken};
pub use worklist::{Item, Origin, Worklist, worklist};
