//! The exercises: solutions pass, what is not done yet is told in words, and each has its place.

mod mistakes;

use gd_book::directive::{self, Directive};
use gd_book::exercise::{self, State};
use gd_book::project::{Project, files_below, read_text};
use std::collections::BTreeSet;
use std::process::Command;

fn project() -> Project {
    Project::at(env!("CARGO_MANIFEST_DIR")).unwrap()
}

#[test]
fn every_solution_passes_its_checks() {
    let names: Vec<String> = exercise::names(&project())
        .unwrap()
        .iter()
        .map(|name| format!("{name}-solution"))
        .collect();
    assert!(names.len() >= 16);
    for (name, program) in exercise::build(&project(), &names).unwrap() {
        let program = program.unwrap_or_else(|said| panic!("{name} 编译不过：\n{said}"));
        assert_eq!(
            exercise::run(&program, false).unwrap(),
            State::Done,
            "{name}"
        );
    }
}

/// As delivered, each compiles, fails and says what to do. A reader's copy may be anything, so only
/// continuous integration insists; but a verdict there must be.
#[test]
fn what_is_not_done_yet_is_told_in_words() {
    let strict = std::env::var_os("CI").is_some();
    let names = exercise::names(&project()).unwrap();
    for (name, program) in exercise::build(&project(), &names).unwrap() {
        let Ok(program) = program else {
            assert!(!strict, "{name} 编译不过");
            continue;
        };
        let output = Command::new(&program).output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        match output.status.code() {
            Some(0) => assert!(!strict && said.contains("完成："), "{name}：{said}"),
            Some(1) => {
                for part in ["  输入　", "  得到　", "  应为　", "  提示　", "还没完成："]
                {
                    assert!(said.contains(part), "{name} 没有说“{part}”：{said}");
                }
            }
            _ => assert!(!strict, "{name} 没有给出判断：{said}"),
        }
    }
}

#[test]
fn every_exercise_stands_on_exactly_one_page_in_the_order_of_the_manifest() {
    let mut shown = Vec::new();
    for file in files_below(&project().src()).unwrap() {
        if file.extension().is_none_or(|ending| ending != "md") {
            continue;
        }
        let text = read_text(&file).unwrap();
        for one in directive::find(&file.display().to_string(), &text, &[]).unwrap() {
            if let Directive::Exercise { name } = one.directive {
                shown.push(name);
            }
        }
    }
    assert_eq!(shown, exercise::names(&project()).unwrap());
}

#[test]
fn no_file_is_an_orphan() {
    let folder = project().exercises();
    let stems = |below: &str| -> BTreeSet<String> {
        files_below(&folder.join(below))
            .unwrap()
            .iter()
            .filter(|file| file.extension().is_some_and(|ending| ending == "rs"))
            .map(|file| file.file_stem().unwrap().to_string_lossy().into_owned())
            .collect()
    };
    let names: BTreeSet<String> = exercise::names(&project())
        .unwrap()
        .iter()
        .map(|name| name.replace('-', "_"))
        .collect();
    assert_eq!(stems("solutions"), names);
    let mut checks = names.clone();
    checks.extend(["answer", "lib", "verdict"].map(String::from));
    assert_eq!(stems("checks"), checks);
    let manifest = read_text(&folder.join("Cargo.toml")).unwrap();
    for name in &names {
        for path in [format!("{name}.rs"), format!("solutions/{name}.rs")] {
            assert!(
                manifest.contains(&format!("path = \"{path}\"")),
                "exercises/Cargo.toml 里没有 {path}"
            );
        }
    }
}

#[test]
fn every_exercise_fits_a_phone() {
    for name in exercise::names(&project()).unwrap() {
        let task = exercise::task(&project(), &name).unwrap();
        let solution = exercise::solution(&project(), &name).unwrap();
        assert!(!exercise::title(&project(), &name).unwrap().is_empty());
        for line in task.lines().chain(solution.lines()) {
            let columns: usize = line
                .chars()
                .map(|c| if c > '\u{2e7f}' { 2 } else { 1 })
                .sum();
            assert!(columns <= 60, "{name} 有一行宽 {columns} 列：{line}");
        }
    }
}
