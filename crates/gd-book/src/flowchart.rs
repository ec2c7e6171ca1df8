//! Flowcharts as SVG at build time: mdbook-mermaid finds the blocks, merman lays them out.
//!
//! The colours come from the page's stylesheet (`theme/css/flowchart.css`), so a chart follows the
//! light and the dark theme, needs no JavaScript, and prints.

use crate::problem::{Problem, Problems};
use anyhow::Result;
use mdbook_mermaid::Mermaid;
use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use merman::{OperationControl, RenderOutput, RenderRequest, Renderer, SvgRequest};

const OPEN: &str = "<pre class=\"mermaid\">";
const CLOSE: &str = "</pre>";

/// The preprocessor `mermaid`.
pub struct Flowcharts;

impl Preprocessor for Flowcharts {
    fn name(&self) -> &str {
        "mermaid"
    }

    fn run(&self, ctx: &PreprocessorContext, book: Book) -> Result<Book> {
        let mut book = Mermaid.run(ctx, book)?;
        let mut problems = Vec::new();
        book.for_each_chapter_mut(|chapter| {
            let page = chapter.source_path.as_deref().map(crate::expand::page_name);
            let page = page.unwrap_or_else(|| chapter.name.clone());
            match replace_blocks(&chapter.content, &page) {
                Ok(content) => chapter.content = content,
                Err(more) => problems.extend(more),
            }
        });
        Problems(problems).into_result()?;
        Ok(book)
    }

    fn supports_renderer(&self, renderer: &str) -> Result<bool> {
        Ok(renderer != "test")
    }
}

fn replace_blocks(text: &str, page: &str) -> Result<String, Vec<Problem>> {
    let mut replaced = String::with_capacity(text.len());
    let mut problems = Vec::new();
    let mut rest = text;
    let mut count = 0;
    while let Some(start) = rest.find(OPEN) {
        let Some(end) = rest[start..].find(CLOSE).map(|end| start + end) else {
            break;
        };
        count += 1;
        replaced.push_str(&rest[..start]);
        let source = unescape(&rest[start + OPEN.len()..end]);
        match draw(&source, &format!("flow-{}-{count}", page_slug(page))) {
            Ok(svg) => replaced.push_str(&svg),
            Err(reason) => problems.push(Problem::new(
                page,
                0,
                format!("第 {count} 张流程图画不出来：{reason}"),
                "流程图用 Mermaid 的 flowchart 写法，并以一行 accDescr: 说明它的内容。",
            )),
        }
        rest = &rest[end + CLOSE.len()..];
    }
    replaced.push_str(rest);
    if problems.is_empty() {
        Ok(replaced)
    } else {
        Err(problems)
    }
}

fn page_slug(page: &str) -> String {
    let stem = page.rsplit('/').next().unwrap_or(page);
    stem.trim_end_matches(".md").to_string()
}

/// Text without the references of HTML; the way back from [`gd_figures::text::escape`].
pub(crate) fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

/// One flowchart as a compact inline SVG whose ids start with `id`.
fn draw(source: &str, id: &str) -> Result<String, String> {
    let description = source
        .lines()
        .find_map(|line| line.trim().strip_prefix("accDescr:"))
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .ok_or("缺少一行 accDescr:，看不见图的读者不知道它画的是什么")?;
    let request = RenderRequest::svg(source, OperationControl::new(), SvgRequest::default());
    let output = Renderer::new()
        .render(request)
        .map_err(|error| error.to_string())?;
    let RenderOutput::Svg(Some(svg)) = output else {
        return Err("第一行不是 flowchart".to_string());
    };
    let svg = compact(svg.svg(), id);
    Ok(format!(
        "<div class=\"gd-flowchart\" role=\"img\" aria-label=\"{}\">{svg}</div>",
        description.replace('"', "&quot;")
    ))
}

/// Drops merman's stylesheet, what only an editor needs, and markers that no edge uses.
fn compact(svg: &str, id: &str) -> String {
    let mut svg = drop_elements(svg, "<style>", "</style>");
    svg = drop_elements(&svg, "<filter ", "</filter>").replace("<defs></defs>", "");
    svg = drop_unused_markers(&svg);
    for attribute in [
        "data-points",
        "data-look",
        "data-et",
        "data-id",
        "data-edge",
        "aria-roledescription",
    ] {
        svg = drop_attribute(&svg, attribute);
    }
    for redundant in [
        " role=\"graphics-document document\"",
        " style=\"\"",
        " xmlns:xlink=\"http://www.w3.org/1999/xlink\"",
    ] {
        svg = svg.replace(redundant, "");
    }
    svg.replace("merman", id).replace(['\n', '\r'], " ")
}

fn drop_elements(text: &str, open: &str, close: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(open) {
        let inside = start + open.len();
        let Some(end) = rest[inside..].find(close) else {
            break;
        };
        kept.push_str(&rest[..start]);
        rest = &rest[inside + end + close.len()..];
    }
    kept + rest
}

fn drop_unused_markers(svg: &str) -> String {
    let mut kept = String::with_capacity(svg.len());
    let mut rest = svg;
    while let Some(start) = rest.find("<marker ") {
        let Some(end) = rest[start..].find("</marker>").map(|end| start + end + 9) else {
            break;
        };
        let marker = &rest[start..end];
        let name = marker
            .split("id=\"")
            .nth(1)
            .and_then(|tail| tail.split('"').next());
        kept.push_str(&rest[..start]);
        if name.is_some_and(|name| svg.contains(&format!("url(#{name})"))) {
            kept.push_str(marker);
        }
        rest = &rest[end..];
    }
    kept + rest
}

fn drop_attribute(svg: &str, name: &str) -> String {
    drop_elements(svg, &format!(" {name}=\""), "\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "flowchart TD\n  accDescr: 甲到乙\n  A[\"起点<br/>甲\"] -->|否| B{乙？}\n";

    #[test]
    fn a_chart_is_compact_and_its_ids_are_its_own() {
        let svg = draw(SOURCE, "flow-p-1").unwrap();
        assert!(svg.contains("起点") && svg.contains("否"));
        assert!(!svg.contains("<style>") && !svg.contains("merman") && !svg.contains('\n'));
        assert!(svg.contains("aria-label=\"甲到乙\""));
        assert!(!svg.contains("data-"));
        assert!(svg.len() < 8_000, "{}", svg.len());
        assert_eq!(svg.matches("<marker ").count(), 1);
    }

    #[test]
    fn a_chart_without_description_or_with_bad_syntax_is_a_problem() {
        let text = format!("{OPEN}flowchart TD\n A --&gt; B\n{CLOSE}");
        let problems = replace_blocks(&text, "src/p.md").unwrap_err();
        assert!(problems[0].message.contains("accDescr"), "{}", problems[0]);
        let text = format!("{OPEN}flowchart TD\n accDescr: x\n A --&gt; [[[\n{CLOSE}");
        assert_eq!(replace_blocks(&text, "src/p.md").unwrap_err().len(), 1);
    }
}
