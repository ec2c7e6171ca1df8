//! `cargo run -- serve`: shows the site on this machine and rebuilds it when a file changes.
//!
//! The rebuild is a `cargo run` of its own, so that a changed formula in gd-core reaches the page
//! just as a changed sentence does.

use crate::project::{Project, files_below};
use anyhow::{Context, Result, anyhow};
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};
use tiny_http::{Header, Method, Request, Response, Server};

const VERSION_PATH: &str = "/.version";

/// Asks for the version of the site twice a second and reloads when it grows.
const RELOAD: &str = "<script>(()=>{let seen;setInterval(async()=>{try{\
const v=await(await fetch('/.version')).text();\
if(seen&&seen!==v)location.reload();seen=v}catch{}},500)})()</script>";

/// Serves until the process is stopped.
pub fn run(project: &Project, port: u16) -> Result<()> {
    let address = format!("127.0.0.1:{port}");
    let server = Server::http(&address).map_err(|error| {
        anyhow!("{address} 用不了：{error}；换一个端口：cargo run -- serve --port 4000")
    })?;
    let version = Arc::new(AtomicU64::new(1));
    let server = Arc::new(server);
    // Several, so that one reader who does not read keeps nobody else waiting.
    for _ in 0..4 {
        let (server, version, site) = (server.clone(), version.clone(), project.site());
        std::thread::spawn(move || {
            for request in server.incoming_requests() {
                if request.body_length().is_some_and(|length| length > 0) {
                    // Nothing here takes a body; dropping the request would read all of it first.
                    std::mem::forget(request);
                    continue;
                }
                // A reader who closes the page early is no error of ours.
                let _ = answer(request, &site, &version);
            }
        });
    }
    say!("在浏览器里打开 http://{address}/ ；按 Ctrl+C 结束。");
    watch(project, &version)
}

fn watch(project: &Project, version: &AtomicU64) -> Result<()> {
    let mut seen = times(project)?;
    loop {
        std::thread::sleep(Duration::from_millis(200));
        let now = times(project)?;
        if now == seen {
            continue;
        }
        let changed = now
            .iter()
            .find(|(path, time)| seen.get(*path) != Some(*time));
        if let Some((path, _)) = changed {
            let name = path.strip_prefix(project.root()).unwrap_or(path);
            say!("{} 变了", name.display());
        }
        seen = now;
        let start = Instant::now();
        let status = Command::new("cargo")
            .args(["run", "--quiet", "--", "build"])
            .current_dir(project.root())
            .status()
            .context("启动不了 cargo")?;
        if status.success() {
            version.fetch_add(1, Ordering::Relaxed);
            say!("页面已更新，用了 {:.2} 秒", start.elapsed().as_secs_f64());
        } else {
            say!("页面保持原样；改好之后会自动再建。");
        }
    }
}

/// When each source file was last written.
fn times(project: &Project) -> Result<BTreeMap<PathBuf, SystemTime>> {
    let mut times = BTreeMap::new();
    let mut files = vec![project.root().join("book.toml")];
    for folder in ["src", "theme", "examples", "exercises", "crates"] {
        files.extend(files_below(&project.root().join(folder))?);
    }
    for file in files {
        if project.is_made(&file) || file.extension().is_some_and(|e| e == "part") {
            continue;
        }
        // A file may vanish between listing and looking, when an editor saves by renaming.
        if let Ok(time) = file.metadata().and_then(|meta| meta.modified()) {
            times.insert(file, time);
        }
    }
    Ok(times)
}

fn answer(request: Request, site: &Path, version: &AtomicU64) -> std::io::Result<()> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return request.respond(Response::empty(405));
    }
    let path = request
        .url()
        .split(['?', '#'])
        .next()
        .unwrap_or("/")
        .to_string();
    if path == VERSION_PATH {
        let text = version.load(Ordering::Relaxed).to_string();
        return request.respond(Response::from_string(text).with_header(content_type("txt")));
    }
    match find(site, &path) {
        Some(file) => {
            let ending = file
                .extension()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let mut content = std::fs::read(&file)?;
            if ending == "html" {
                content.extend_from_slice(RELOAD.as_bytes());
            }
            request.respond(Response::from_data(content).with_header(content_type(&ending)))
        }
        None => {
            let page = std::fs::read(site.join("404.html")).unwrap_or_default();
            let response = Response::from_data(page).with_status_code(404);
            request.respond(response.with_header(content_type("html")))
        }
    }
}

/// The file of the site that an address means; never one outside it.
fn find(site: &Path, address: &str) -> Option<PathBuf> {
    let decoded = percent_decode(address);
    let relative = Path::new(decoded.trim_start_matches('/'));
    if !relative
        .components()
        .all(|part| matches!(part, Component::Normal(_)))
    {
        return None;
    }
    let file = site.join(relative);
    let file = if file.is_dir() {
        file.join("index.html")
    } else {
        file
    };
    file.is_file().then_some(file)
}

fn percent_decode(address: &str) -> String {
    let bytes = address.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%')
            .then(|| bytes.get(at + 1..at + 3))
            .flatten()
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        decoded.push(hex.unwrap_or(bytes[at]));
        at += if hex.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

fn content_type(ending: &str) -> Header {
    let kind = match ending {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        "csv" => "text/csv; charset=utf-8",
        _ => "text/plain; charset=utf-8",
    };
    Header::from_bytes("Content-Type", kind).expect("a valid header")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_stay_inside_the_site() {
        let site = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert!(find(site, "/src/serve.rs").is_some());
        assert_eq!(find(site, "/../gd-book/Cargo.toml"), None);
        assert_eq!(find(site, "/%2e%2e/gd-book/Cargo.toml"), None);
        assert_eq!(find(site, "/missing"), None);
    }

    #[test]
    fn chinese_addresses_are_decoded() {
        assert_eq!(percent_decode("/%E5%9B%BE.svg"), "/图.svg");
        assert_eq!(percent_decode("/100%"), "/100%");
    }
}
