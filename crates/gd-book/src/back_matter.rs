//! What the end of the book collects from all chapters: the literature with the places that cite
//! it, the glossary with the places that introduce its terms, the lists of figures and listings.

use crate::directive::{Directive, Found, Kind, List};
use crate::formulas::Checker;
use crate::glossary::{self, Glossary, Term};
use crate::listing;
use crate::numbering::{Numbering, chapter_name, relative_link};
use crate::problem::{Problem, nearest};
use crate::project::Project;
use crate::references::{self, Bibliography, Reference};
use gd_figures::text::escape;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

/// The data files, and who uses them where.
pub struct BackMatter {
    bibliography: Bibliography,
    glossary: Glossary,
    /// The pages that cite a source or introduce a term, in book order.
    citing: BTreeMap<String, Vec<PathBuf>>,
    introducing: BTreeMap<String, Vec<PathBuf>>,
    /// The page that shows a list.
    shown: HashMap<List, PathBuf>,
    /// Kind, name and first sentence of each caption, in book order.
    captions: Vec<(Kind, String, String)>,
}

/// A message and a hint; the caller knows the place.
type Refusal = (String, String);

impl BackMatter {
    /// Reads the data files.
    pub fn read(project: &Project, formulas: &mut Checker, problems: &mut Vec<Problem>) -> Self {
        let glossary = Glossary::read(project, problems);
        for term in glossary.terms() {
            let text = format!(
                "{}\n\n{}",
                term.symbol.as_deref().unwrap_or(""),
                term.meaning
            );
            for mut problem in formulas.check(glossary::FILE, &text) {
                problem.line = term.line;
                problems.push(problem);
            }
        }
        Self {
            bibliography: Bibliography::read(project, problems),
            glossary,
            citing: BTreeMap::new(),
            introducing: BTreeMap::new(),
            shown: HashMap::new(),
            captions: Vec::new(),
        }
    }

    /// Takes in a chapter, in book order. `page` is its name in problems.
    pub fn add_chapter(&mut self, page: &str, path: &Path, found: &[Found]) -> Vec<Problem> {
        let mut problems = Vec::new();
        let add = |uses: &mut BTreeMap<String, Vec<PathBuf>>, name: &String| {
            let pages = uses.entry(name.clone()).or_default();
            if pages.last().map(PathBuf::as_path) != Some(path) {
                pages.push(path.to_path_buf());
                return true;
            }
            false
        };
        for one in found {
            match &one.directive {
                Directive::Cite { keys, .. } => {
                    for key in keys {
                        add(&mut self.citing, key);
                    }
                }
                Directive::Term { id } => {
                    let is_first = add(&mut self.introducing, id);
                    if !is_first {
                        problems.push(Problem::new(
                            page,
                            one.line,
                            format!("{{{{term {id}}}}} 在这一页出现了两次"),
                            "只在第一次用到时写，之后直接写中文。",
                        ));
                    }
                }
                Directive::List { list } => {
                    if let Some(first) = self.shown.insert(*list, path.to_path_buf()) {
                        problems.push(Problem::new(
                            page,
                            one.line,
                            format!("{{{{{}}}}} 出现了两次", list.words()),
                            format!("第一次在 src/{}；全书只写一次。", first.display()),
                        ));
                    }
                }
                _ => {}
            }
        }
        problems
    }

    /// Takes in the caption of a figure or listing, in book order.
    pub fn add_caption(&mut self, kind: Kind, name: &str, caption: &str) {
        self.captions
            .push((kind, name.to_string(), first_sentence(caption)));
    }

    /// “（Kingma 与 Ba，2015）”, or only the years, each linked to its place in the list. `before`
    /// is the text in front of it, `seen` the keys that this page has cited already.
    pub fn cite(
        &self,
        from: &Path,
        before: &str,
        keys: &[String],
        year_only: bool,
        seen: &mut BTreeSet<String>,
        plain: bool,
    ) -> Result<String, Refusal> {
        let mut parts = Vec::new();
        for key in keys {
            let Some(entry) = self.bibliography.get(key) else {
                let known = self.bibliography.entries();
                return Err((
                    format!("没有名为 {key} 的文献"),
                    format!(
                        "{}全部文献在 {}，新的也写在那里。",
                        nearest(key, known.iter().map(|entry| entry.key.as_str())),
                        references::FILE
                    ),
                ));
            };
            if !year_only && entry.is_named_at_the_end_of(before) {
                return Err((
                    format!("{{{{cite {key}}}}} 会把前面的作者再说一遍"),
                    format!("前面已经写了作者，就写 {{{{cite year {key}}}}}，只出年份。"),
                ));
            }
            let text = if year_only {
                entry.year.to_string()
            } else {
                format!("{}，{}", entry.short(), entry.year)
            };
            if plain {
                parts.push(text);
                continue;
            }
            let id = if seen.insert(key.clone()) {
                format!(" id=\"cite-{key}\"")
            } else {
                String::new()
            };
            let page = self.page_of(List::References, "文献")?;
            parts.push(format!(
                "<a class=\"gd-cite\"{id} href=\"{}#{key}\">{text}</a>",
                address(from, page)
            ));
        }
        Ok(format!("（{}）", parts.join("；")))
    }

    /// “动量（momentum）”, linked to its place in the glossary.
    pub fn term(&self, from: &Path, id: &str, plain: bool) -> Result<String, Refusal> {
        let Some(term) = self.glossary.get(id) else {
            let known = self.glossary.terms();
            return Err((
                format!("没有名为 {id} 的术语"),
                format!(
                    "{}全部术语在 {}，新的也写在那里。",
                    nearest(id, known.iter().map(|term| term.id.as_str())),
                    glossary::FILE
                ),
            ));
        };
        if plain {
            return Ok(format!("{}{}", term.zh, term.parenthesis()));
        }
        let page = self.page_of(List::Glossary, "术语")?;
        Ok(format!(
            "<a class=\"gd-term\" id=\"use-{id}\" href=\"{}#term-{id}\">{}</a>{}",
            address(from, page),
            term.zh,
            term.parenthesis()
        ))
    }

    fn page_of(&self, list: List, what: &str) -> Result<&Path, Refusal> {
        self.shown.get(&list).map(PathBuf::as_path).ok_or_else(|| {
            (
                format!("书里没有列出{what}的一页，链接没有去处"),
                format!("在附录的一页里写 {{{{{}}}}}。", list.words()),
            )
        })
    }

    /// What a list directive becomes.
    pub fn list(&self, list: List, from: &Path, numbering: &Numbering) -> String {
        match list {
            List::References => self.references(from, numbering),
            List::Glossary => self.terms(from, numbering),
            List::Figures => self.index(Kind::Figure, from, numbering),
            List::Listings => self.index(Kind::Listing, from, numbering),
        }
    }

    fn references(&self, from: &Path, numbering: &Numbering) -> String {
        let (cited, further): (Vec<&Reference>, Vec<&Reference>) = self
            .bibliography
            .entries()
            .iter()
            .partition(|entry| self.citing.contains_key(&entry.key));
        let mut text = String::new();
        for entry in cited {
            let places = links(from, &self.citing[&entry.key], numbering, |page| {
                format!("{page}#cite-{}", entry.key)
            });
            text += &reference(entry, &format!("引用于：{places}。"));
        }
        if !further.is_empty() {
            text += "## 延伸阅读\n\n正文没有引用，gd-core 的文档里用到，或者值得接着读的。\n\n";
            for entry in further {
                text += &reference(entry, "");
            }
        }
        text
    }

    fn terms(&self, from: &Path, numbering: &Numbering) -> String {
        let mut text = String::new();
        for (group, terms) in self.glossary.groups() {
            text += &format!(
                "## {group}\n\n<div class=\"gd-glossary\">\n\n| 术语 | 记号与程序 | 意思 |\n|---|---|---|\n"
            );
            for term in terms {
                text += &self.row(term, from, numbering);
            }
            text += "\n</div>\n\n";
        }
        text
    }

    fn row(&self, term: &Term, from: &Path, numbering: &Numbering) -> String {
        let code = term.code.iter().map(|name| format!("`{name}`"));
        let names: Vec<String> = term.symbol.iter().cloned().chain(code).collect();
        let places = match self.introducing.get(&term.id) {
            Some(pages) => {
                let places = links(from, pages, numbering, |page| {
                    format!("{page}#use-{}", term.id)
                });
                format!("见{places}。")
            }
            None => String::new(),
        };
        format!(
            "| <b id=\"term-{}\">{}</b> <br>{} | {} | {}{places} |\n",
            term.id,
            term.zh,
            term.foreign(),
            names.join(" <br>"),
            term.meaning,
        )
    }

    fn index(&self, kind: Kind, from: &Path, numbering: &Numbering) -> String {
        let mut text = "<div class=\"gd-index\">\n".to_string();
        let mut chapter = String::new();
        for (_, name, sentence) in self.captions.iter().filter(|(found, ..)| *found == kind) {
            let target = numbering
                .target(kind, name)
                .expect("numbered in the first pass");
            let label = chapter_label(&target.page, numbering);
            if label != chapter {
                text += &format!("\n<p class=\"gd-index-chapter\">{label}</p>\n\n");
                chapter = label;
            }
            let file = match kind {
                Kind::Listing => format!(" `examples/{}.rs`", listing::file_stem(name)),
                _ => String::new(),
            };
            text += &format!(
                "- <a class=\"gd-ref\" href=\"{}#{}\">{} {}</a> {sentence}{file}\n",
                address(from, &target.page),
                target.anchor,
                kind.label(),
                target.number
            );
        }
        text + "\n</div>\n"
    }
}

/// One source as a paragraph with its anchor.
fn reference(entry: &Reference, cited: &str) -> String {
    let places: Vec<String> = entry
        .places
        .iter()
        .map(|place| {
            let (address, shown) = place.link();
            format!("<a href=\"{}\">{}</a>", escape(&address), escape(&shown))
        })
        .collect();
    let mut notes = entry.about.clone().unwrap_or_default();
    notes += cited;
    if !notes.is_empty() {
        notes = format!("<br><span class=\"gd-note\">{notes}</span>");
    }
    format!(
        "<p class=\"gd-reference\" id=\"{}\">{}（{}）：<cite>{}</cite>，{}，{}。{notes}</p>\n\n",
        entry.key,
        escape(&entry.names()),
        entry.year,
        escape(&entry.title),
        escape(&entry.venue),
        places.join("，"),
    )
}

/// The chapters of some pages, each linked.
fn links(
    from: &Path,
    pages: &[PathBuf],
    numbering: &Numbering,
    place: impl Fn(&str) -> String,
) -> String {
    let links: Vec<String> = pages
        .iter()
        .map(|page| {
            format!(
                "<a href=\"{}\">{}</a>",
                place(&address(from, page)),
                chapter_label(page, numbering)
            )
        })
        .collect();
    links.join("、")
}

/// “第 3 章《学习率》”, or for what has no number “《勘误》”.
fn chapter_label(page: &Path, numbering: &Numbering) -> String {
    match numbering.target(Kind::Chapter, &chapter_name(page)) {
        Ok(target) => target.chapter_label(),
        Err(_) => page.display().to_string(),
    }
}

/// mdBook turns `.md` into `.html` only in Markdown links; these carry a class.
fn address(from: &Path, to: &Path) -> String {
    relative_link(from, &to.with_extension("html"))
}

/// The first sentence of a caption, without links.
fn first_sentence(caption: &str) -> String {
    let text = caption.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut plain = String::with_capacity(text.len());
    let mut in_tag = false;
    let mut in_formula = false;
    for c in text.chars() {
        match c {
            '$' => in_formula = !in_formula,
            '<' if !in_formula => in_tag = true,
            _ => {}
        }
        if !in_tag {
            plain.push(c);
        }
        match c {
            '>' => in_tag = false,
            '。' if !in_formula && !in_tag => break,
            _ => {}
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_sentence_has_no_links_and_whole_formulas() {
        for (caption, sentence) in [
            ("左：近。右：远。", "左：近。"),
            (
                "见<a class=\"x\" href=\"y\">图 1-1</a>，\n$a<b$ 时走。再走。",
                "见图 1-1， $a<b$ 时走。",
            ),
            ("没有句号", "没有句号"),
        ] {
            assert_eq!(first_sentence(caption), sentence);
        }
    }
}
