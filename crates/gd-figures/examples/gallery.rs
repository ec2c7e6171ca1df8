//! Writes an HTML page with figures in both forms and both themes, for looking at them:
//! `cargo run -p gd-figures --example gallery -- PATH.html [NAME…]`.

use gd_figures::{all, style};

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let Some(path) = arguments.next() else {
        eprintln!("usage: gallery PATH.html [NAME…]");
        std::process::exit(2);
    };
    let wanted: Vec<String> = arguments.collect();
    let mut page = format!(
        "<!doctype html><meta charset=utf-8><title>figures</title><style>{}\
         body{{margin:0;font:16px system-ui,'Noto Sans CJK SC',sans-serif}}\
         section{{display:flex;align-items:flex-start}}\
         .wide{{width:680px;padding:10px}}.narrow{{width:320px;padding:10px 20px}}\
         .light{{background:#fff;--bg:#fff}}.coal{{background:#161923;--bg:#161923}}\
         section svg.gd-figure{{display:block}}</style>",
        // here a theme belongs to a section, not to the page
        style::theme_css().replace("html.", ".")
    );
    for entry in all() {
        if !wanted.is_empty() && !wanted.iter().any(|name| name == entry.name) {
            continue;
        }
        let output = entry.run();
        for (key, value) in &output.values {
            println!("{key} = {}", value.format(None).unwrap_or_default());
        }
        let Some(picture) = output.picture else {
            continue;
        };
        println!("  {} + {} bytes", picture.wide.len(), picture.narrow.len());
        for theme in ["light", "coal"] {
            page += &format!(
                "<section class={theme}><div class=wide>{}</div><div class=narrow>{}</div></section>",
                picture.wide, picture.narrow
            );
        }
    }
    std::fs::write(path, page)
}
