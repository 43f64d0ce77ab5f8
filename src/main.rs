//! Command line of `thidua`: parse, call, exit code.

mod cli;

/// Documents are many small texts: an allocator made for that is a good part of the speed.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    cli::main()
}
