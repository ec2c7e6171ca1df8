//! Builds the site: figures, then pages, then the swap into `book/`.

use crate::figures::Figures;
use crate::preprocess;
use crate::project::{
    Project, expect_folder_or_nothing, files_below, remove_folder, replace_folder, write_if_changed,
};
use anyhow::{Context, Result, bail};
use mdbook_core::config::Config;
use mdbook_driver::MDBook;
use std::collections::HashSet;
use std::io::Write;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, Once};
use std::time::{Duration, Instant, UNIX_EPOCH};

/// What a build did and how long each stage took.
#[derive(Debug)]
pub struct Report {
    /// Stage, what it did, time.
    pub stages: Vec<(&'static str, String, Duration)>,
}

impl Report {
    /// The report as lines for the terminal.
    pub fn lines(&self) -> String {
        let total: Duration = self.stages.iter().map(|stage| stage.2).sum();
        let mut lines = String::new();
        for (stage, what, time) in &self.stages {
            lines += &format!("  {stage}　{:>6.2} 秒　{what}\n", time.as_secs_f64());
        }
        lines + &format!("  合计　{:>6.2} 秒\n", total.as_secs_f64())
    }
}

/// Builds the site into `book/`. On any problem `book/` stays as it was.
pub fn build(project: &Project) -> Result<Report> {
    let mut stages = Vec::new();
    let mut clock = Instant::now();
    let mut stage = |name, what: String| {
        stages.push((name, what, clock.elapsed()));
        clock = Instant::now();
    };

    let _lock = project.lock()?;
    let staging = project.root().join("book.part");
    let aside = project.root().join("book.old");
    for place in [&project.site(), &staging, &aside] {
        expect_folder_or_nothing(place)?;
    }
    // An earlier build was killed between moving the old book aside and the new one in.
    if !project.site().exists() && aside.exists() {
        std::fs::rename(&aside, project.site()).context("放不回 book.old")?;
    }

    let stamp = project.cache().join("site.stamp");
    let fingerprint = project.fingerprint()?;
    let is_fresh = std::fs::read_to_string(&stamp)
        .is_ok_and(|old| stamp_of(project, fingerprint).is_ok_and(|now| now == old));
    if is_fresh {
        stage("检查", "没有变化，book/ 已是最新".to_string());
        return Ok(Report { stages });
    }
    stage("检查", "有变化，需要重建".to_string());

    let figures = Figures::load(project, |progress| eprintln!("{}", progress.line()))?;
    figures.write_files(project)?;
    let drawn = figures.picture_names().count();
    stage(
        "图　",
        format!("{drawn} 张图，新算 {} 项", figures.computed),
    );

    remove_folder(&staging)?;
    let result = render(project, &Arc::new(figures), &staging);
    if result.is_err() {
        remove_folder(&staging)?;
    }
    let pages = result?;
    replace_folder(&staging, &project.site())?;
    write_if_changed(&stamp, stamp_of(project, fingerprint)?.as_bytes())?;
    stage("书　", format!("{pages} 页"));
    Ok(Report { stages })
}

/// What a finished build looks like: its sources, and each file of `book/` and of the figures with
/// its size and time, so that a file that was deleted or changed by hand is noticed.
fn stamp_of(project: &Project, fingerprint: u64) -> Result<String> {
    let mut stamp = format!("{fingerprint}\n");
    for folder in [project.site(), project.figures()] {
        for file in files_below(&folder)? {
            let meta = file
                .metadata()
                .with_context(|| format!("读不了 {}", file.display()))?;
            let time = meta
                .modified()
                .ok()
                .and_then(|time| time.duration_since(UNIX_EPOCH).ok());
            stamp += &format!("{} {} {:?}\n", file.display(), meta.len(), time);
        }
    }
    Ok(stamp)
}

/// Renders the pages into a folder; returns how many chapters there are.
pub fn render(project: &Project, figures: &Arc<Figures>, into: &Path) -> Result<usize> {
    let mut mdbook = load(project, into)?;
    preprocess::install(&mut mdbook, project, figures);
    let warnings = Warnings::collect();
    mdbook.build().context("书没有建成")?;
    let said = warnings.take();
    if !said.is_empty() {
        let lines: Vec<String> = said
            .lines()
            .take(12)
            .map(|line| line.chars().take(300).collect())
            .collect();
        bail!("mdBook 有话要说，书没有建成：\n{}", lines.join("\n"));
    }
    Ok(mdbook.book.chapters().count())
}

/// The book with its configuration, to be rendered into the given folder.
pub fn load(project: &Project, into: &Path) -> Result<MDBook> {
    let mut config =
        Config::from_disk(project.root().join("book.toml")).context("book.toml 读不懂")?;
    config
        .update_from_env()
        .context("环境变量 MDBOOK_… 读不懂")?;
    config.build.build_dir = into.to_path_buf();
    check_summary(project)?;
    MDBook::load_with_config(project.root(), config).context("src/SUMMARY.md 或它列出的章节读不了")
}

/// Every chapter that the summary names must be there: mdBook's own message is English, and with
/// `create-missing` it would write an empty page instead.
fn check_summary(project: &Project) -> Result<()> {
    let summary = crate::project::read_text(&project.src().join("SUMMARY.md"))?;
    let mut seen = HashSet::new();
    for (index, line) in summary.lines().enumerate() {
        let Some(target) = line
            .split("](")
            .nth(1)
            .and_then(|tail| tail.split(')').next())
        else {
            continue;
        };
        if target.is_empty() {
            continue;
        }
        let is_below = Path::new(target)
            .components()
            .all(|part| matches!(part, Component::Normal(_)));
        if !is_below || target == "SUMMARY.md" || !seen.insert(target.to_string()) {
            bail!(
                "src/SUMMARY.md，第 {} 行：{target} 不能作为章节\n    章节是 src/ 之下的 Markdown 文件，每个只列一次。",
                index + 1
            );
        }
        if !project.src().join(target).is_file() {
            bail!(
                "src/SUMMARY.md，第 {} 行：章节文件 src/{target} 不存在\n    写出这一章，或者从目录里去掉这一行。",
                index + 1
            );
        }
    }
    if seen.is_empty() {
        bail!("src/SUMMARY.md 里一章也没有\n    至少列出一章：- [标题](文件.md)");
    }
    Ok(())
}

/// mdBook reports what it finds odd (a broken include, unbalanced HTML) only as a log line. Here
/// each such line is kept, so that the build can fail on it.
struct Warnings(Arc<Mutex<Vec<u8>>>);

static LOG: Mutex<Option<Arc<Mutex<Vec<u8>>>>> = Mutex::new(None);
static INSTALL: Once = Once::new();

impl Warnings {
    fn collect() -> Self {
        let lines = Arc::new(Mutex::new(Vec::new()));
        *LOG.lock().expect("no panic while the lock is held") = Some(lines.clone());
        INSTALL.call_once(|| {
            let subscriber = tracing_subscriber::fmt()
                .with_max_level(tracing_subscriber::filter::LevelFilter::WARN)
                .with_ansi(false)
                .without_time()
                .with_writer(|| LogWriter)
                .finish();
            // Another subscriber (of a test harness) may be there already; then it gets the lines.
            let _ = tracing::subscriber::set_global_default(subscriber);
        });
        Self(lines)
    }

    fn take(self) -> String {
        *LOG.lock().expect("no panic while the lock is held") = None;
        let bytes = std::mem::take(&mut *self.0.lock().expect("no panic while the lock is held"));
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

struct LogWriter;

impl Write for LogWriter {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if let Some(lines) = LOG
            .lock()
            .expect("no panic while the lock is held")
            .as_ref()
        {
            lines
                .lock()
                .expect("no panic while the lock is held")
                .extend_from_slice(bytes);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Where the reader opens the site.
pub fn entry_page(project: &Project) -> PathBuf {
    project.site().join("index.html")
}
