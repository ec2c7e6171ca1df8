//! The command line. Every command says at its end what it did and how long it took; every error
//! goes to standard error with exit code 1.

use crate::exercise::State;
use crate::figures::{self, Figures};
use crate::project::Project;
use crate::{doctest, exercise, listing, preprocess, serve, site};
use anyhow::{Result, bail};
use std::process::ExitCode;
use std::time::Instant;

const USAGE: &str = "\
用法：cargo run [-- 命令]

  build                 （默认）画图、建书，结果在 book/
  figures [名字…] [--png]   只画图，写到 src/figures/（SVG 与 CSV；--png 再加 PNG）
  values [开头]         列出正文可以引用的值
  record [名字…]        运行示例程序，记下它们的输出
  check [练习]          检查你写的练习；不写名字就检查全部，列出完成了哪些
  serve [--port 端口]   建书并在本机展示，改动后自动重建（默认端口 3000）
  test [章节]           编译并运行各章里的 Rust 代码（等于 mdbook test）
  preprocess 名字       给原版 mdbook 用的预处理器（gd、mermaid、katex）
  help                  这份说明";

/// Runs the program with its arguments.
pub fn run(arguments: Vec<String>) -> ExitCode {
    match dispatch(&arguments) {
        Ok(code) => code,
        Err(error) => {
            // The outermost context first, then what lies behind it, each on its own line.
            let lines: Vec<String> = error.chain().map(|cause| cause.to_string()).collect();
            eprintln!("错误：{}", lines.join("\n  "));
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<ExitCode> {
    let (command, rest) = match arguments.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("build", [].as_slice()),
    };
    match command {
        "build" => build(&Project::find()?, rest)?,
        "figures" => draw(&Project::find()?, rest)?,
        "values" => values(&Project::find()?, rest)?,
        "record" => record(&Project::find()?, rest)?,
        "check" => return check(&Project::find()?, rest),
        "serve" => {
            let project = Project::find()?;
            let port = port(rest)?;
            build(&project, &[])?;
            serve::run(&project, port)?;
        }
        "test" => test(&Project::find()?, rest)?,
        "preprocess" => {
            let is_supported = preprocess::serve_stock_mdbook(rest)?;
            return Ok(if is_supported {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            });
        }
        "help" | "--help" | "-h" => say!("{USAGE}"),
        other => bail!("没有名为 {other} 的命令\n{USAGE}"),
    }
    Ok(ExitCode::SUCCESS)
}

fn build(project: &Project, rest: &[String]) -> Result<()> {
    if let Some(extra) = rest.first() {
        bail!("build 不要参数，却得到 {extra}\n{USAGE}");
    }
    let report = site::build(project)?;
    say!("{}", report.lines().trim_end());
    say!(
        "打开 {}，或运行 cargo run -- serve",
        site::entry_page(project).display()
    );
    Ok(())
}

fn draw(project: &Project, rest: &[String]) -> Result<()> {
    let (flags, names): (Vec<_>, Vec<_>) = rest
        .iter()
        .cloned()
        .partition(|word| word.starts_with("--"));
    if let Some(flag) = flags.iter().find(|flag| *flag != "--png") {
        bail!("figures 不认识 {flag}；只有 --png");
    }
    let drawn = figures::draw(project, &names, !flags.is_empty())?;
    for one in &drawn {
        say!(
            "  {:<32} 数据 {:>8.2} 毫秒，绘图 {:>6.2} 毫秒",
            one.name,
            one.data.as_secs_f64() * 1e3,
            one.drawing.as_secs_f64() * 1e3
        );
    }
    let count = drawn.len() as f64;
    let drawing: f64 = drawn
        .iter()
        .map(|one| one.drawing.as_secs_f64() * 1e3)
        .sum();
    let data: f64 = drawn.iter().map(|one| one.data.as_secs_f64() * 1e3).sum();
    say!(
        "{} 张图，每张平均：数据 {:.2} 毫秒，绘图（宽窄两式，SVG 与 CSV）{:.2} 毫秒",
        drawn.len(),
        data / count,
        drawing / count
    );
    say!("写在 {}", project.figures().display());
    Ok(())
}

fn values(project: &Project, rest: &[String]) -> Result<()> {
    if let Some(extra) = rest.get(1) {
        bail!("values 至多要一个开头，却多了 {extra}");
    }
    let figures = Figures::load(project, |progress| eprintln!("{}", progress.line()))?;
    let start = rest.first().map(String::as_str).unwrap_or_default();
    let keys: Vec<&str> = figures
        .keys()
        .filter(|key| key.starts_with(start))
        .collect();
    if keys.is_empty() {
        bail!("没有以 {start} 开头的值");
    }
    for key in keys {
        let value = figures.value(key).expect("listed just now");
        say!("{key} = {}", value.format(None).unwrap_or_default());
    }
    Ok(())
}

fn record(project: &Project, rest: &[String]) -> Result<()> {
    let start = Instant::now();
    let changed = listing::record(project, rest)?;
    if changed.is_empty() {
        say!("输出都没有变，用了 {:.1} 秒", start.elapsed().as_secs_f64());
    } else {
        say!("{} 个输出变了：{}", changed.len(), changed.join("、"));
    }
    Ok(())
}

fn check(project: &Project, rest: &[String]) -> Result<ExitCode> {
    match rest {
        [] => check_all(project),
        [wanted] => check_one(project, &exercise::named(project, wanted)?),
        _ => bail!("check 至多要一个练习的名字，却得到 {}", rest.join(" ")),
    }
}

fn check_one(project: &Project, name: &str) -> Result<ExitCode> {
    let names = [name.to_string()];
    let state = match exercise::build(project, &names)?.remove(name) {
        Some(Ok(program)) => exercise::run(&program, false)?,
        Some(Err(said)) => State::DoesNotCompile(said),
        None => bail!("cargo 没有说 {name} 编译得怎样"),
    };
    match state {
        State::Done => return Ok(ExitCode::SUCCESS),
        State::Mistake => {}
        State::DoesNotCompile(said) => {
            let stem = listing::file_stem(name);
            eprintln!(
                "exercises/{stem}.rs 还编译不过。编译器说的从第一条看起，--> 后面是行号：\n\n{}",
                said.trim_end()
            );
        }
        State::NoVerdict(reason) => say!("还没完成：{reason}"),
    }
    Ok(ExitCode::FAILURE)
}

fn check_all(project: &Project) -> Result<ExitCode> {
    let names = exercise::names(project)?;
    let mut built = exercise::build(project, &names)?;
    let mut open = Vec::new();
    for name in &names {
        let state = match built.remove(name) {
            Some(Ok(program)) => exercise::run(&program, true)?,
            Some(Err(said)) => State::DoesNotCompile(said),
            None => bail!("cargo 没有说 {name} 编译得怎样"),
        };
        let mark = if state == State::Done {
            "完成　"
        } else {
            open.push(name);
            "未完成"
        };
        let title = exercise::title(project, name).unwrap_or_default();
        say!("  {mark}　{name:<28} {title}　{}", state.brief());
    }
    say!(
        "共 {} 题，完成 {} 题",
        names.len(),
        names.len() - open.len()
    );
    let Some(first) = open.first() else {
        return Ok(ExitCode::SUCCESS);
    };
    say!("看一题哪里不对：cargo run -- check {first}");
    Ok(ExitCode::FAILURE)
}

fn port(rest: &[String]) -> Result<u16> {
    match rest {
        [] => Ok(3000),
        [flag, number] if flag == "--port" => match number.parse() {
            Ok(port) if port > 0 => Ok(port),
            _ => bail!("端口是 1 到 65535 的整数，不是 {number}"),
        },
        _ => bail!(
            "serve 的写法是 serve 或 serve --port 4000，看不懂 serve {}",
            rest.join(" ")
        ),
    }
}

fn test(project: &Project, rest: &[String]) -> Result<()> {
    if rest.len() > 1 {
        bail!("test 至多要一个章节名，却得到 {}", rest.join(" "));
    }
    let start = Instant::now();
    doctest::run(project, rest.first().map(String::as_str))?;
    say!(
        "各章的 Rust 代码都通过了，用了 {:.1} 秒",
        start.elapsed().as_secs_f64()
    );
    Ok(())
}
