//! Exercises that readers program, and `cargo run -- check`.
//!
//! `exercises/NAME.rs` is what the reader completes and `exercises/solutions/NAME.rs` the answer;
//! both end by handing their function to the checks in `exercises/checks/`. They are programs of the
//! package `gd-exercises`, built apart from the book: an exercise that does not compile yet stops
//! nothing else.

use crate::listing::file_stem;
use crate::problem::nearest;
use crate::project::{Project, read_text};
use anyhow::{Context, Result, bail};
use std::collections::HashMap;
use std::io::{BufRead, BufReader, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The package of the exercises.
const PACKAGE: &str = "gd-exercises";

/// How the last line of a program begins whose checks were all right: `DONE` of gd-exercises.
const DONE: &str = "完成：";

/// A loop that does not end is ended. The checks themselves take well under a second.
const LONGEST: Duration = Duration::from_secs(20);

/// How far an exercise is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// All checks are right.
    Done,
    /// A check is not, and the program has said which.
    Mistake,
    /// It does not compile; what the compiler says.
    DoesNotCompile(String),
    /// It ended without a verdict, for this reason.
    NoVerdict(String),
}

impl State {
    /// In a few words.
    pub fn brief(&self) -> &'static str {
        match self {
            State::Done => "",
            State::Mistake => "还不对",
            State::DoesNotCompile(_) => "编译不过",
            State::NoVerdict(_) => "没有跑完",
        }
    }
}

/// The names of all exercises, in the order of `exercises/Cargo.toml`.
pub fn names(project: &Project) -> Result<Vec<String>> {
    let folder = project.exercises();
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let manifest = read_text(&folder.join("Cargo.toml"))?;
    let mut names = Vec::new();
    for entry in
        std::fs::read_dir(&folder).with_context(|| format!("读不了 {}", folder.display()))?
    {
        let file = entry?.path();
        if file.extension().is_some_and(|ending| ending == "rs") {
            let stem = file.file_stem().unwrap_or_default().to_string_lossy();
            let listed = manifest.find(&format!("path = \"{stem}.rs\""));
            names.push((listed.unwrap_or(usize::MAX), stem.replace('_', "-")));
        }
    }
    names.sort();
    Ok(names.into_iter().map(|(_, name)| name).collect())
}

/// The exercise that a reader means: its name, or its file.
pub fn named(project: &Project, wanted: &str) -> Result<String> {
    let known = names(project)?;
    let stem = Path::new(wanted).file_stem().unwrap_or_default();
    let name = stem.to_string_lossy().replace('_', "-");
    if known.contains(&name) {
        return Ok(name);
    }
    bail!(
        "没有名为 {wanted} 的练习。{}全部练习：{}",
        nearest(&name, known.iter().map(String::as_str)),
        known.join("、")
    )
}

/// The title, from the first line: `// 练习：中心差分`.
pub fn title(project: &Project, name: &str) -> Result<String> {
    Ok(parts(&task_file(project, name), ".")?.0)
}

/// The exercise as the page shows it: its task, and what there is of the function.
pub fn task(project: &Project, name: &str) -> Result<String> {
    Ok(parts(&task_file(project, name), ".")?.1)
}

fn task_file(project: &Project, name: &str) -> PathBuf {
    project
        .exercises()
        .join(file_stem(name))
        .with_extension("rs")
}

/// The solution as the page shows it.
pub fn solution(project: &Project, name: &str) -> Result<String> {
    let file = project.exercises().join("solutions").join(file_stem(name));
    Ok(parts(&file.with_extension("rs"), "..")?.1)
}

/// The title in the first comment, and what stands between it and `main`.
fn parts(file: &Path, package: &str) -> Result<(String, String)> {
    let text = read_text(file)?;
    let manifest = format!(
        "#!/usr/bin/env rust-script\n//! ```cargo\n//! [dependencies]\n\
         //! {PACKAGE} = {{ path = \"{package}\" }}\n//! ```\n"
    );
    let shown = text
        .strip_prefix(&manifest)
        .and_then(|rest| rest.split_once("\nfn main()"))
        .map(|(shown, _)| shown.trim());
    let titled = shown.and_then(|shown| {
        let (first, rest) = shown.split_once('\n')?;
        let (kind, title) = first.strip_prefix("// ")?.split_once('：')?;
        let rest = rest.strip_prefix("//\n").unwrap_or(rest).trim();
        ["练习", "解答"]
            .contains(&kind)
            .then(|| (title.to_string(), rest.to_string()))
    });
    match titled {
        Some(parts) => Ok(parts),
        None => bail!(
            "{} 应当像别的练习一样：先照抄 rust-script 的清单（{} 行），再是 // 练习：题目 或 // 解答：题目，末尾是 fn main()",
            file.display(),
            manifest.lines().count()
        ),
    }
}

/// Compiles exercises; for each its program, or what the compiler says.
pub fn build(
    project: &Project,
    names: &[String],
) -> Result<HashMap<String, Result<PathBuf, String>>> {
    let format = if std::io::stderr().is_terminal() {
        "json-diagnostic-rendered-ansi"
    } else {
        "json"
    };
    let mut cargo = Command::new("cargo");
    cargo
        .args(["build", "--quiet", "--keep-going", "--package", PACKAGE])
        .args(["--message-format", format]);
    for name in names {
        cargo.args(["--bin", &file_stem(name)]);
    }
    let output = cargo
        .current_dir(project.root())
        .stderr(Stdio::piped())
        .output()
        .context("启动不了 cargo")?;
    let mut programs = HashMap::new();
    let mut said: HashMap<String, String> = HashMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(message) = serde_json::from_str::<serde_json::Value>(line) else {
            continue;
        };
        let target = message["target"]["name"]
            .as_str()
            .unwrap_or_default()
            .replace('_', "-");
        if let Some(program) = message["executable"].as_str() {
            programs.insert(target, PathBuf::from(program));
        } else if let Some(rendered) = message["message"]["rendered"].as_str() {
            said.entry(target).or_default().push_str(rendered);
        }
    }
    let library = format!("{}{}", said.remove(PACKAGE).unwrap_or_default(), {
        // Whatever cargo itself has to say: a broken manifest, no network for a dependency.
        String::from_utf8_lossy(&output.stderr)
    });
    let result = |name: &String| match programs.remove(name) {
        Some(program) => Ok(program),
        None => Err(said.remove(name).unwrap_or_else(|| library.clone())),
    };
    let results: Vec<_> = names.iter().map(result).collect();
    Ok(names.iter().cloned().zip(results).collect())
}

/// Runs a compiled exercise. What it prints is passed on, or dropped if `quiet`.
pub fn run(program: &Path, quiet: bool) -> Result<State> {
    let start = Instant::now();
    let mut child = Command::new(program)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(if quiet {
            Stdio::null()
        } else {
            Stdio::inherit()
        })
        .spawn()
        .with_context(|| format!("启动不了 {}", program.display()))?;
    let output = child.stdout.take().context("读不到程序的输出")?;
    let reader = std::thread::spawn(move || {
        let mut last = String::new();
        let mut lines = BufReader::new(output).split(b'\n');
        while let Some(Ok(line)) = lines.next() {
            last = String::from_utf8_lossy(&line).into_owned();
            if !quiet {
                say!("{last}");
            }
        }
        last
    });
    let status = loop {
        if let Some(status) = child.try_wait().context("等不到程序结束")? {
            break status;
        }
        if start.elapsed() > LONGEST {
            child.kill().context("停不下程序")?;
            child.wait().context("停不下程序")?;
            return Ok(State::NoVerdict(format!(
                "跑了 {} 秒还没有结束：有一个循环停不下来吗？",
                LONGEST.as_secs()
            )));
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    let last = reader.join().unwrap_or_default();
    Ok(match status.code() {
        Some(0) if last.starts_with(DONE) => State::Done,
        Some(1) => State::Mistake,
        Some(_) => State::NoVerdict(
            "程序结束了，却没有检查：main 里的 check(…).report() 还在吗？".to_string(),
        ),
        None => State::NoVerdict(format!(
            "程序被系统停下了（{status}）：函数没完没了地调用自己，或者要了太多内存？"
        )),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_know_the_same_word() {
        let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let verdict = read_text(&repository.join("exercises/checks/verdict.rs")).unwrap();
        assert!(verdict.contains(&format!("pub const DONE: &str = \"{DONE}\";")));
    }
}
