//! `cargo run`: see [`gd_book::cli`].

fn main() -> std::process::ExitCode {
    gd_book::cli::run(std::env::args().skip(1).collect())
}
