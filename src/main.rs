//! Command line of `thidua`: parse, call, exit code.

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
