//! A rendered page as XHTML for an e-book: formulas as MathML, one form of each figure, nothing that
//! needs a script or a file that is not in the book.

use gd_figures::text::escape;
use scraper::{ElementRef, Html, Selector};
use std::collections::BTreeSet;

/// A chapter of the e-book.
#[derive(Debug, Default)]
pub struct Chapter {
    /// What goes into `<body>`.
    pub body: String,
    /// What the package must say that the chapter holds: `mathml`, `svg`.
    pub properties: BTreeSet<&'static str>,
    /// Anchor and title of its second-level headings.
    pub sections: Vec<(String, String)>,
}

const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// Elements that have no content and are closed at once.
const EMPTY: [&str; 9] = [
    "area", "br", "col", "embed", "hr", "img", "input", "source", "wbr",
];

/// What stands for mdBook's English labels; `theme/css/page.css` does the same for the site.
const LABELS: [(&str, &str); 5] = [
    ("blockquote-tag-note", "说明"),
    ("blockquote-tag-tip", "先猜一猜"),
    ("blockquote-tag-important", "记住"),
    ("blockquote-tag-warning", "小心"),
    ("blockquote-tag-caution", "常见误解"),
];

/// Turns the main part of a page into a chapter.
pub fn chapter(html: &str) -> Chapter {
    let main = Selector::parse("main").expect("a plain selector");
    let mut chapter = Chapter::default();
    if let Some(main) = Html::parse_document(html).select(&main).next() {
        chapter.children(main, XHTML);
    }
    chapter
}

impl Chapter {
    fn children(&mut self, parent: ElementRef<'_>, namespace: &str) {
        for child in parent.children() {
            if let Some(text) = child.value().as_text() {
                self.body += &escape(text);
            } else if let Some(element) = ElementRef::wrap(child) {
                self.element(element, namespace);
            }
        }
    }

    fn element(&mut self, element: ElementRef<'_>, outside: &str) {
        let value = element.value();
        let has = |class: &str| value.classes().any(|one| one == class);
        // Files beside the pages and the other form of a figure; hidden lines; TeX beside MathML.
        let is_left_out = [
            "gd-data",
            "gd-downloads",
            "gd-wide",
            "boring",
            "buttons",
            "katex-html",
        ]
        .into_iter()
        .any(has)
            || ["script", "button", "annotation", "noscript"].contains(&value.name());
        if is_left_out {
            return;
        }
        // Merman leaves boxes without a size; KaTeX puts U+2061, which nobody sees, where MathML has
        // no place for it.
        let has_no_size = value.name() == "rect" && value.attr("width").is_none();
        let is_unseen = value.name() == "mo" && element.text().eq(["\u{2061}"]);
        if has_no_size || is_unseen {
            return;
        }
        if has("katex") || has("katex-mathml") || has("header") || value.name() == "semantics" {
            return self.children(element, outside);
        }
        if has("blockquote-tag-title") {
            let kind = element.parent().and_then(ElementRef::wrap);
            let label = LABELS.iter().find(|(class, _)| {
                kind.is_some_and(|kind| kind.value().classes().any(|one| one == *class))
            });
            let label = label.map_or("", |(_, label)| label);
            self.body += &format!("<p class=\"label\">{label}</p>");
            return;
        }

        // Few readers open `<details>`; here everything is open.
        let parent = element.parent().and_then(ElementRef::wrap);
        let is_in = |name: &str| parent.is_some_and(|parent| parent.value().name() == name);
        let name = match value.name() {
            "details" => "div",
            "summary" => "p",
            // A label of a flowchart.
            "p" if is_in("span") => "span",
            name => name,
        };
        let namespace: &str = &value.name.ns;
        match value.name() {
            "math" => self.properties.insert("mathml"),
            "svg" => self.properties.insert("svg"),
            _ => false,
        };
        if value.name() == "h2"
            && let Some(anchor) = value.attr("id")
        {
            self.sections.push((anchor.to_string(), title(element)));
        }

        self.body += &format!("<{name}");
        if namespace != outside {
            self.body += &format!(" xmlns=\"{namespace}\"");
        }
        let name_changes = name != value.name();
        if name_changes {
            self.body += &format!(" class=\"{}\"", value.name());
        }
        if value.name() == "math"
            && let Some(tex) = tex(element)
        {
            self.body += &format!(" alttext=\"{}\"", escape(&tex));
        }
        for (name, content) in &value.attrs {
            let local: &str = &name.local;
            let is_renamed = name_changes && ["class", "open"].contains(&local);
            if is_renamed || local.starts_with("xmlns") || local == "download" {
                continue;
            }
            // An attribute since SVG 2, which EPUB does not know; as a style it may stand.
            let local = match local {
                "paint-order" => "style",
                local => local,
            };
            let content = match local {
                "style" if &*name.local == "paint-order" => format!("paint-order: {content}"),
                "href" => match target(content) {
                    Some(inside) => inside,
                    None => continue,
                },
                _ => plain(content),
            };
            let prefix = match &name.prefix {
                Some(prefix) if !prefix.is_empty() => format!("{prefix}:"),
                _ => String::new(),
            };
            self.body += &format!(" {prefix}{local}=\"{}\"", escape(&content));
        }
        if namespace == XHTML && EMPTY.contains(&name) {
            self.body += "/>";
            return;
        }
        self.body += ">";
        self.children(element, namespace);
        self.body += &format!("</{name}>");
    }
}

/// The LaTeX of a formula.
fn tex(math: ElementRef<'_>) -> Option<String> {
    let annotation = Selector::parse("annotation").expect("a plain selector");
    Some(math.select(&annotation).next()?.text().collect())
}

/// The words of a heading, with the symbols of its formulas.
fn title(heading: ElementRef<'_>) -> String {
    let mut chapter = Chapter::default();
    chapter.children(heading, XHTML);
    let text: String = Html::parse_fragment(&chapter.body)
        .root_element()
        .text()
        .collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where a link leads in the e-book; nowhere if to a file that is not in it.
fn target(address: &str) -> Option<String> {
    if address.contains("://") || address.starts_with("mailto:") || address.starts_with('#') {
        return Some(address.to_string());
    }
    let (path, anchor) = match address.split_once('#') {
        Some((path, anchor)) => (path, format!("#{anchor}")),
        None => (address, String::new()),
    };
    Some(format!("{}.xhtml{anchor}", path.strip_suffix(".html")?))
}

/// A colour or font without a CSS variable: `var(--gd-data,#0064a2)` becomes `#0064a2`.
fn plain(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, variable)) = rest.split_once("var(--") {
        let Some((name, after)) = variable.split_once(')') else {
            break;
        };
        text += before;
        text += name
            .split_once(',')
            .map_or("inherit", |(_, else_this)| else_this.trim());
        rest = after;
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(main: &str) -> String {
        chapter(&format!("<main>{main}</main>")).body
    }

    #[test]
    fn markup_is_closed_and_escaped() {
        assert_eq!(
            body("<p>1 &lt; 2<br>a & b</p><hr>"),
            "<p>1 &lt; 2<br/>a &amp; b</p><hr/>"
        );
    }

    #[test]
    fn a_formula_is_its_mathml() {
        let html = "<p><span class=\"katex\"><span class=\"katex-mathml\"><math xmlns=\"http://www.w3.org/1998/Math/MathML\">\
            <semantics><mrow><mi>x</mi></mrow><annotation encoding=\"application/x-tex\">x&lt;y</annotation></semantics></math></span>\
            <span class=\"katex-html\"><span>x</span></span></span></p>";
        let chapter = chapter(&format!("<main><h2 id=\"a\">式子 {html}</h2>{html}</main>"));
        assert!(chapter.body.ends_with(
            "<p><math xmlns=\"http://www.w3.org/1998/Math/MathML\" alttext=\"x&lt;y\"><mrow><mi>x</mi></mrow></math></p>"
        ), "{}", chapter.body);
        assert!(chapter.properties.contains("mathml") && !chapter.properties.contains("svg"));
    }

    #[test]
    fn links_lead_to_chapters_or_out_of_the_book_or_nowhere() {
        assert_eq!(
            body(
                "<a href=\"../a/b.html#c\">1</a><a href=\"https://x.org/y.html\">2</a><a href=\"d.csv\">3</a>"
            ),
            "<a href=\"../a/b.xhtml#c\">1</a><a href=\"https://x.org/y.html\">2</a><a>3</a>"
        );
    }

    #[test]
    fn one_form_of_a_figure_in_plain_colours() {
        let html = "<svg class=\"gd-wide\"></svg><svg class=\"gd-narrow\" viewbox=\"0 0 1 1\">\
            <path stroke=\"var(--gd-data,#0064a2)\"/></svg>";
        assert_eq!(
            body(html),
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"gd-narrow\" viewBox=\"0 0 1 1\">\
             <path stroke=\"#0064a2\"></path></svg>"
        );
    }

    #[test]
    fn what_epub_does_not_know_is_said_otherwise() {
        assert_eq!(
            body("<svg><rect/><text paint-order=\"stroke\">1</text></svg>"),
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><text style=\"paint-order: stroke\">1</text></svg>"
        );
        assert_eq!(
            body("<span><p>是</p></span><math><mi>min</mi><mo>\u{2061}</mo></math>"),
            "<span><span class=\"p\">是</span></span>\
             <math xmlns=\"http://www.w3.org/1998/Math/MathML\"><mi>min</mi></math>"
        );
    }

    #[test]
    fn things_to_open_are_open_and_labels_are_chinese() {
        assert_eq!(
            body("<details><summary>解答</summary><p>是</p></details>"),
            "<div class=\"details\"><p class=\"summary\">解答</p><p>是</p></div>"
        );
        assert_eq!(
            body(
                "<blockquote class=\"blockquote-tag blockquote-tag-note\"><p class=\"blockquote-tag-title\"><svg></svg>Note</p></blockquote>"
            ),
            "<blockquote class=\"blockquote-tag blockquote-tag-note\"><p class=\"label\">说明</p></blockquote>"
        );
    }
}
