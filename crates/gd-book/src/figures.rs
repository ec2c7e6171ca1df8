//! Figures and values, drawn and computed once and kept until the code behind them changes.

use crate::project::{Project, write_if_changed};
use crate::sources;
use anyhow::{Context, Result, bail};
use gd_figures::{Entry, Kind, Output, Picture, Value};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// A number for the code behind each chapter's figures, see `build.rs`.
const CHAPTER_SOURCES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/chapter_sources.rs"));

/// The number for the code behind an entry; none if its name begins with no chapter's.
pub fn source_of(entry: &str) -> Option<&'static str> {
    let modules = CHAPTER_SOURCES.iter().map(|(module, _)| *module);
    let module = sources::module_of(entry, modules)?;
    let (_, number) = CHAPTER_SOURCES.iter().find(|(name, _)| *name == module)?;
    Some(number)
}

/// What is told while figures are computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress<'a> {
    /// A heavy entry was begun.
    Begun(&'a str),
    /// An entry is done that took longer than [`LONG`].
    Done(&'a str, Duration),
}

/// What takes longer than this is worth a line.
pub const LONG: Duration = Duration::from_secs(1);

impl Progress<'_> {
    /// The line for the terminal.
    pub fn line(self) -> String {
        match self {
            Progress::Begun(name) => format!("  计算　{name}……"),
            Progress::Done(name, time) => {
                format!("  算好　{name}，{:.1} 秒", time.as_secs_f64())
            }
        }
    }
}

/// The outputs of all experiments, by name.
pub struct Figures {
    outputs: BTreeMap<&'static str, Output>,
    /// How many had to be computed anew.
    pub computed: usize,
}

impl Figures {
    /// Everything in the registry: from the cache where the code behind it is unchanged, else
    /// computed on all cores, what is heavy first. `progress` hears of what takes long.
    pub fn load(project: &Project, progress: impl Fn(Progress<'_>) + Sync) -> Result<Self> {
        let cache = project.cache().join("figures");
        let mut outputs = BTreeMap::new();
        let mut missing = Vec::new();
        for entry in gd_figures::all() {
            match read_cached(&cache, &entry) {
                Some(output) => {
                    outputs.insert(entry.name, output);
                }
                None => missing.push(entry),
            }
        }
        let computed = missing.len();
        heavy_first(&mut missing);
        // Each is kept as soon as it is done: a build that is stopped loses only what it was at.
        for result in run_all(&missing, &progress, &|output| write_cached(&cache, output)) {
            let output = result?;
            outputs.insert(output.name, output);
        }
        Ok(Self { outputs, computed })
    }

    /// A value by its full key.
    pub fn value(&self, key: &str) -> Option<&Value> {
        let name = key.split('.').next()?;
        let output = self.outputs.get(name)?;
        output
            .values
            .iter()
            .find(|(known, _)| known == key)
            .map(|(_, value)| value)
    }

    /// Every key, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.outputs
            .values()
            .flat_map(|output| output.values.iter().map(|(key, _)| key.as_str()))
    }

    /// The picture of a figure.
    pub fn picture(&self, name: &str) -> Option<&Picture> {
        self.outputs.get(name)?.picture.as_ref()
    }

    /// The names of all figures (experiments with a picture), in order.
    pub fn picture_names(&self) -> impl Iterator<Item = &'static str> {
        self.outputs
            .values()
            .filter(|output| output.picture.is_some())
            .map(|output| output.name)
    }

    /// Puts each picture and its data beside the chapters as files, with the stylesheet of their
    /// inks, and removes those of figures that are no more. Returns how many files changed.
    pub fn write_files(&self, project: &Project) -> Result<usize> {
        let folder = project.figures();
        let css = gd_figures::style::theme_css();
        let mut keep = vec!["theme.css".to_string()];
        let mut changed = usize::from(write_if_changed(&folder.join("theme.css"), css.as_bytes())?);
        for output in self.outputs.values() {
            changed += write_picture(&folder, output)?;
            keep.push(format!("{}.svg", output.name));
            keep.push(format!("{}.csv", output.name));
        }
        for file in crate::project::files_below(&folder)? {
            let name = file
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let is_ours = name.ends_with(".svg") || name.ends_with(".csv");
            if is_ours && file.parent() == Some(&*folder) && !keep.contains(&name) {
                fs::remove_file(&file).with_context(|| format!("删不掉 {}", file.display()))?;
            }
        }
        Ok(changed)
    }
}

/// Writes one figure's files; returns how many changed.
fn write_picture(folder: &Path, output: &Output) -> Result<usize> {
    let Some(picture) = &output.picture else {
        return Ok(0);
    };
    let svg = gd_figures::svg::standalone(&picture.wide);
    let mut changed = 0;
    for (ending, content) in [("svg", &svg), ("csv", &picture.csv)] {
        let path = folder.join(format!("{}.{ending}", output.name));
        changed += usize::from(write_if_changed(&path, content.as_bytes())?);
    }
    Ok(changed)
}

/// One figure drawn by `cargo run -- figures`.
pub struct Drawn {
    /// Its name.
    pub name: &'static str,
    /// Time for the data (the experiment).
    pub data: Duration,
    /// Time for the drawing: both forms, SVG post-processing and the CSV.
    pub drawing: Duration,
}

/// Draws the named figures (all if none are named), whatever the cache holds, and writes their files.
pub fn draw(project: &Project, wanted: &[String], png: bool) -> Result<Vec<Drawn>> {
    let figures: Vec<Entry> = gd_figures::all()
        .into_iter()
        .filter(|entry| entry.kind == Kind::Figure)
        .collect();
    let names: Vec<&str> = figures.iter().map(|entry| entry.name).collect();
    for name in wanted {
        if !names.contains(&name.as_str()) {
            bail!(
                "没有名为 {name} 的图。{}全部的图：{}",
                crate::problem::nearest(name, names.iter().copied()),
                names.join("、")
            );
        }
    }
    let _lock = project.lock()?;
    let mut drawn = Vec::new();
    for entry in figures {
        if !wanted.is_empty() && !wanted.iter().any(|name| name == entry.name) {
            continue;
        }
        let start = Instant::now();
        let (output, drawing) = entry.run_timed();
        let data = start.elapsed().saturating_sub(drawing);
        write_picture(&project.figures(), &output)?;
        if png && let Some(picture) = &output.picture {
            write_png(project, entry.name, picture)?;
        }
        drawn.push(Drawn {
            name: entry.name,
            data,
            drawing,
        });
    }
    Ok(drawn)
}

/// Fonts with Chinese characters that systems come with, or that are easily had.
const CHINESE_FONTS: [&str; 7] = [
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "SimHei",
];

fn write_png(project: &Project, name: &str, picture: &Picture) -> Result<()> {
    let mut options = resvg::usvg::Options::default();
    options.fontdb_mut().load_system_fonts();
    let installed = |family: &&&str| {
        options
            .fontdb
            .faces()
            .any(|face| face.families.iter().any(|(name, _)| name == **family))
    };
    let Some(family) = CHINESE_FONTS.iter().find(installed) else {
        bail!(
            "转成 PNG 要有一种中文字体，系统里没有找到；认识的有 {}\n    Debian 和 Ubuntu：apt-get install fonts-noto-cjk",
            CHINESE_FONTS.join("、")
        );
    };
    let svg = gd_figures::svg::plain(&picture.wide, family);
    let tree = resvg::usvg::Tree::from_str(&svg, &options)
        .with_context(|| format!("{name} 的 SVG 读不懂"))?;
    // Twice the size on the page, so that it stays crisp on a dense screen.
    let size = tree
        .size()
        .to_int_size()
        .scale_by(2.0)
        .context("图的尺寸是零")?;
    let mut pixels =
        resvg::tiny_skia::Pixmap::new(size.width(), size.height()).context("图的尺寸是零")?;
    resvg::render(
        &tree,
        resvg::tiny_skia::Transform::from_scale(2.0, 2.0),
        &mut pixels.as_mut(),
    );
    let bytes = pixels
        .encode_png()
        .with_context(|| format!("{name} 转不成 PNG"))?;
    write_if_changed(&project.figures().join(format!("{name}.png")), &bytes)?;
    Ok(())
}

/// A long one that began last would keep one core busy and the others waiting.
fn heavy_first(entries: &mut [Entry]) {
    entries.sort_by_key(|entry| !entry.is_heavy);
}

/// Runs entries on all cores; `keep` is given each output on the thread that computed it.
fn run_all(
    entries: &[Entry],
    progress: &(impl Fn(Progress<'_>) + Sync),
    keep: &(impl Fn(&Output) -> Result<()> + Sync),
) -> Vec<Result<Output>> {
    let threads = std::thread::available_parallelism()
        .map_or(1, usize::from)
        .min(entries.len().max(1));
    let next = std::sync::atomic::AtomicUsize::new(0);
    let done = std::sync::Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(entry) =
                    entries.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed))
                {
                    if entry.is_heavy {
                        progress(Progress::Begun(entry.name));
                    }
                    let start = Instant::now();
                    let output = entry.run();
                    let time = start.elapsed();
                    if time > LONG {
                        progress(Progress::Done(entry.name, time));
                    }
                    let kept = keep(&output).map(|()| output);
                    done.lock()
                        .expect("no panic while the lock is held")
                        .push(kept);
                }
            });
        }
    });
    done.into_inner().expect("all threads have ended")
}

fn read_cached(cache: &Path, entry: &Entry) -> Option<Output> {
    let text = fs::read_to_string(cache.join(format!("{}.json", entry.name))).ok()?;
    let stored: Json = serde_json::from_str(&text).ok()?;
    if stored["source"].as_str()? != source_of(entry.name)?
        || stored["picture"].is_null() != (entry.kind == Kind::Numbers)
    {
        return None;
    }
    let values = stored["values"]
        .as_array()?
        .iter()
        .map(|pair| {
            let key = pair[0].as_str()?.to_string();
            let value = match pair[1].as_str()? {
                // Bits, because JSON knows no infinity and a decimal may lose the last place.
                "number" => Value::Number(f64::from_bits(pair[2].as_u64()?)),
                "count" => Value::Count(pair[2].as_u64()?),
                "text" => Value::Text(pair[2].as_str()?.to_string()),
                _ => return None,
            };
            Some((key, value))
        })
        .collect::<Option<Vec<_>>>()?;
    let text_of = |key: &str| Some(stored["picture"][key].as_str()?.to_string());
    let picture = if stored["picture"].is_null() {
        None
    } else {
        Some(Picture {
            wide: text_of("wide")?,
            narrow: text_of("narrow")?,
            csv: text_of("csv")?,
        })
    };
    Some(Output {
        name: entry.name,
        values,
        picture,
    })
}

fn write_cached(cache: &Path, output: &Output) -> Result<()> {
    let values: Vec<Json> = output
        .values
        .iter()
        .map(|(key, value)| match value {
            Value::Number(number) => json!([key, "number", number.to_bits()]),
            Value::Count(count) => json!([key, "count", count]),
            Value::Text(text) => json!([key, "text", text]),
        })
        .collect();
    let picture = output
        .picture
        .as_ref()
        .map(|picture| json!({"wide": picture.wide, "narrow": picture.narrow, "csv": picture.csv}));
    let stored = json!({"source": source_of(output.name), "values": values, "picture": picture});
    write_if_changed(
        &cache.join(format!("{}.json", output.name)),
        stored.to_string().as_bytes(),
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_heavy_comes_first_and_the_rest_keeps_its_order() {
        let mut entries: Vec<Entry> = gd_figures::all().into_iter().take(5).collect();
        for entry in &mut entries {
            entry.is_heavy = false;
        }
        let names: Vec<&str> = entries.iter().map(|entry| entry.name).collect();
        entries[3] = entries[3].heavy();
        heavy_first(&mut entries);
        let sorted: Vec<&str> = entries.iter().map(|entry| entry.name).collect();
        assert_eq!(sorted, [names[3], names[0], names[1], names[2], names[4]]);
    }

    #[test]
    fn long_ones_are_told_with_their_time() {
        let told = std::sync::Mutex::new(Vec::new());
        let entry = gd_figures::find("downhill-walk").unwrap().heavy();
        let tell = |progress: Progress<'_>| told.lock().unwrap().push(progress.line());
        let outputs = run_all(&[entry], &tell, &|_| Ok(()));
        assert_eq!(outputs.len(), 1);
        let told = told.into_inner().unwrap();
        assert_eq!(told[0], "  计算　downhill-walk……");
        let line = Progress::Done("x", Duration::from_millis(2340)).line();
        assert_eq!(line, "  算好　x，2.3 秒");
    }
}
