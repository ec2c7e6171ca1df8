//! `cargo run`: see [`gd_book::cli`].

fn main() -> std::process::ExitCode {
    let arguments = std::env::args_os().skip(1);
    gd_book::cli::run(
        arguments
            .map(|word| word.to_string_lossy().into_owned())
            .collect(),
    )
}
