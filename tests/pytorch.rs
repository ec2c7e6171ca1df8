//! The page that compares with PyTorch: complete, and, where PyTorch is installed, true.
//!
//! `GD_PYTHON` names the Python that has it; without, `python3` is asked.

use gd_book::listing;
use gd_book::project::{Project, read_text};
use std::io::Write;
use std::process::{Command, Stdio};

fn project() -> Project {
    Project::at(env!("CARGO_MANIFEST_DIR")).unwrap()
}

fn page() -> String {
    read_text(&project().src().join("appendix/pytorch.md")).unwrap()
}

fn source(file: &str) -> String {
    read_text(&project().root().join("crates/gd-core/src").join(file)).unwrap()
}

/// The names in `pub use module::{A, B};`.
fn public_types(file: &str) -> Vec<String> {
    let mut names = Vec::new();
    for line in source(file).lines() {
        let Some((_, list)) = line
            .strip_prefix("pub use ")
            .and_then(|path| path.split_once("::"))
        else {
            continue;
        };
        let list = list.trim_matches(['{', '}', ';']);
        names.extend(list.split(", ").map(str::to_string));
    }
    names
}

/// The variants of an enum.
fn variants(file: &str, name: &str) -> Vec<String> {
    let source = source(file);
    let (_, rest) = source.split_once(&format!("pub enum {name}")).unwrap();
    let (body, _) = rest.split_once("\n}").unwrap();
    body.lines()
        .filter_map(|line| line.strip_prefix("    "))
        .filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()))
        .map(|line| line.split([' ', '(', ',']).next().unwrap().to_string())
        .collect()
}

#[test]
fn every_rule_schedule_initialiser_and_loss_is_on_the_page() {
    let page = page();
    let codes: Vec<&str> = page.split('`').skip(1).step_by(2).collect();
    let named = |name: &str| {
        codes.iter().any(|code| {
            code.split(|c: char| !c.is_alphanumeric())
                .any(|word| word == name)
        })
    };
    let lists = [
        (public_types("optim/mod.rs"), 14),
        (public_types("schedule/mod.rs"), 17),
        (variants("init.rs", "Initializer"), 9),
        (variants("model/risk.rs", "Target"), 4),
    ];
    for (names, at_least) in lists {
        assert!(names.len() >= at_least, "只找到 {names:?}");
        for name in names {
            assert!(named(&name), "PyTorch 对照里没有 {name}");
        }
    }
}

/// The Python that has PyTorch, if there is one.
fn python() -> Option<String> {
    let python = std::env::var("GD_PYTHON").unwrap_or_else(|_| "python3".to_string());
    let status = Command::new(&python)
        .args(["-c", "import torch"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let has_it = status.is_ok_and(|status| status.success());
    if !has_it {
        eprintln!("{python} 没有 PyTorch，不运行页上的 Python");
    }
    has_it.then_some(python)
}

/// Runs a program with the page on its standard input; returns what it printed.
fn run(python: &str, program: &str) -> String {
    let mut child = Command::new(python)
        .args(["-c", program])
        .env("PYTHONIOENCODING", "utf-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(page().as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "Python 程序出错了，见上面");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_loop_in_python_prints_what_the_loop_in_rust_prints() {
    let Some(python) = python() else { return };
    let page = page();
    let (_, rest) = page.split_once("```python\n").unwrap();
    let (program, _) = rest.split_once("```").unwrap();
    let recorded = listing::recorded_output(&project(), "pytorch-loop").unwrap();
    assert_eq!(run(&python, program), recorded);
}

/// Reads the page, looks each `Name(argument=default)` up and prints what is different.
const SIGNATURES: &str = r#"
import ast, inspect, re, sys, torch
places = [torch.optim, torch.optim.lr_scheduler, torch.nn, torch.nn.init, torch.nn.utils]
checked = 0
for code in re.findall(r"`([^`\n]+)`", sys.stdin.buffer.read().decode()):
    call = re.fullmatch(r"(?:optim\.|nn\.utils\.)?(\w+)\((.*)\)", code)
    owner = call and next((p for p in places if hasattr(p, call[1])), None)
    if not owner:
        continue
    signature = inspect.signature(getattr(owner, call[1])).parameters
    for argument in ast.parse(code, mode="eval").body.keywords:
        parameter = signature.get(argument.arg)
        if parameter is None:
            print(f"{code}: there is no {argument.arg}")
            continue
        try:
            value = eval(ast.unparse(argument.value), {"__builtins__": {}})
        except NameError:
            continue
        if value is ...:
            continue
        checked += 1
        if value != parameter.default:
            print(f"{code}: {argument.arg} is {parameter.default}")
if checked < 60:
    print(f"only {checked} defaults found")
"#;

#[test]
fn the_signatures_are_those_of_pytorch() {
    let Some(python) = python() else { return };
    assert_eq!(run(&python, SIGNATURES), "");
}
