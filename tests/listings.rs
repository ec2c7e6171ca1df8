//! Every listing runs and prints what the book says it prints.

use gd_book::listing;
use gd_book::project::{Project, read_text};

fn project() -> Project {
    Project::at(env!("CARGO_MANIFEST_DIR")).expect("the root package is the project")
}

#[test]
fn every_listing_prints_its_record() {
    let project = project();
    let folder = listing::build(&project).unwrap();
    let names = listing::names(&project).unwrap();
    assert!(names.len() >= 19, "only {} listings found", names.len());
    let mut wrong = Vec::new();
    for name in &names {
        let printed = listing::run(&folder, name).unwrap();
        let recorded = listing::recorded_output(&project, name).unwrap_or_default();
        if printed != recorded {
            wrong.push(format!("{name}：\n记录：\n{recorded}\n现在：\n{printed}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "输出和记录不同；如果新的才对，运行 cargo run -- record。\n{}",
        wrong.join("\n")
    );
}

#[test]
fn every_listing_fits_a_phone_and_explains_itself() {
    let project = project();
    let mut wrong = Vec::new();
    for name in listing::names(&project).unwrap() {
        let program = listing::program(&project, &name).unwrap();
        let lines = program.lines().count();
        if lines > 55 {
            wrong.push(format!("{name} 有 {lines} 行，太长了"));
        }
        for line in program.lines() {
            let columns: usize = line
                .chars()
                .map(|c| if c > '\u{2e7f}' { 2 } else { 1 })
                .sum();
            if columns > 60 {
                wrong.push(format!("{name} 有一行宽 {columns} 列：{line}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_record_is_left_of_a_listing_that_is_gone() {
    let project = project();
    let names = listing::names(&project).unwrap();
    for file in gd_book::project::files_below(&project.examples()).unwrap() {
        if file.extension().is_some_and(|ending| ending == "txt") {
            let stem = file
                .file_stem()
                .unwrap()
                .to_string_lossy()
                .replace('_', "-");
            assert!(names.contains(&stem), "{} 没有对应的示例", file.display());
            assert!(
                !read_text(&file).unwrap().is_empty(),
                "{} 是空的",
                file.display()
            );
        }
    }
}
