//! Whatever is wrong with a book: the program says what and where, in Chinese, ends with an exit
//! code that is not 0, and leaves `book/` as it was.

use gd_book::figures::Figures;
use gd_book::project::Project;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

/// The repository's figures, computed once, so that each book here need not compute all of them.
static FIGURES: LazyLock<PathBuf> = LazyLock::new(|| {
    let repository = Project::at(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")).unwrap();
    Figures::load(&repository, |_| {}).unwrap();
    repository.cache().join("figures")
});

/// A small book that builds, in a folder of its own.
struct Book {
    folder: tempfile::TempDir,
}

const GOOD_PAGE: &str = "# 页\n\n起点是 {{value first-program-descent.start}}，公式 $x^2$。\n";

impl Book {
    fn new() -> Self {
        let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let book = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        let root = book.folder.path();
        for folder in ["src", "examples", "theme"] {
            fs::create_dir_all(root.join(folder)).unwrap();
        }
        for folder in ["theme/css", "theme/fonts", "theme/js"] {
            copy_folder(&repository.join(folder), &root.join(folder));
        }
        for file in ["book.toml", "theme/index.hbs", "src/404.md"] {
            fs::copy(repository.join(file), root.join(file)).unwrap();
        }
        copy_folder(&FIGURES, &root.join("target/gd-book/figures"));
        book.write("src/SUMMARY.md", "# 目录\n\n- [页](page.md)\n");
        book.write("src/page.md", GOOD_PAGE);
        book
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(self.folder.path().join(file), text).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_gd-book"))
            .args(arguments)
            .current_dir(self.folder.path())
            .output()
            .unwrap()
    }

    fn page(&self) -> Option<String> {
        fs::read_to_string(self.folder.path().join("book/page.html")).ok()
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Builds a good book, then one with this page, and looks at what is said of it.
fn refused(page: &str, said: &[&str]) {
    let book = Book::new();
    let output = book.run(&[]);
    assert!(output.status.success(), "{}", errors(&output));
    let before = book.page().expect("the good book was built");
    assert!(before.contains("起点是 4"));

    book.write("src/page.md", page);
    let output = book.run(&[]);
    let errors = errors(&output);
    assert!(!output.status.success(), "建成了：{page}");
    for expected in said {
        assert!(errors.contains(expected), "{errors:?} 里没有 {expected}");
    }
    assert_eq!(book.page().as_ref(), Some(&before), "book/ 变了");
    for rest in ["book.part", "book.old"] {
        assert!(!book.folder.path().join(rest).exists(), "留下了 {rest}");
    }
}

#[test]
fn an_unknown_value_names_page_line_and_nearest() {
    refused(
        "# 页\n\n{{value first-program-descent.strat}}\n",
        &[
            "src/page.md，第 3 行",
            "没有名为 first-program-descent.strat 的值",
            "first-program-descent.start",
        ],
    );
}

#[test]
fn an_unknown_format_is_refused() {
    refused(
        "# 页\n\n{{value first-program-descent.start 4f}}\n",
        &["src/page.md，第 3 行", "4f"],
    );
}

#[test]
fn an_unknown_figure_names_the_nearest() {
    refused(
        "# 页\n\n{{figure first-program-decent}}\n图注\nalt: 说明\n{{/figure}}\n",
        &[
            "src/page.md，第 3 行",
            "没有名为 first-program-decent 的图",
            "first-program-descent",
        ],
    );
}

#[test]
fn a_figure_without_alternative_text_is_refused() {
    refused(
        "# 页\n\n{{figure first-program-descent}}\n图注\n{{/figure}}\n",
        &["src/page.md，第 3 行", "替代文字"],
    );
}

#[test]
fn an_unknown_listing_is_refused() {
    refused(
        "# 页\n\n{{listing nothing-here}}\n说明\n{{/listing}}\n",
        &["src/page.md，第 3 行", "没有名为 nothing-here 的示例"],
    );
}

#[test]
fn an_unknown_reference_is_refused() {
    refused(
        "# 页\n\n一\n\n见{{ref figure nowhere}}。\n",
        &["src/page.md，第 5 行", "没有名为 nowhere 的图"],
    );
}

#[test]
fn an_unknown_directive_is_refused() {
    refused(
        "# 页\n\n{{valeu a.b}}\n",
        &["src/page.md，第 3 行", "看不懂 {{valeu a.b}}", "value"],
    );
}

#[test]
fn a_formula_that_katex_rejects_names_the_page() {
    refused(
        "# 页\n\n好的 $x$\n\n坏的 $\\frac{1}{$\n",
        &["src/page.md，第 5 行", "KaTeX 不接受公式"],
    );
}

#[test]
fn a_stray_dollar_names_page_and_line() {
    refused(
        "# 页\n\n只要 5$ 就够\n\n再看 $x$。\n",
        &["src/page.md，第 3 行", "多余的 $"],
    );
}

#[test]
fn a_missing_include_names_the_file() {
    refused(
        "# 页\n\n```text\n{{#include ../examples/none.txt}}\n```\n",
        &["src/page.md，第 4 行", "../examples/none.txt 不存在"],
    );
}

#[test]
fn a_fence_without_language_is_refused() {
    refused(
        "# 页\n\n```\nx\n```\n",
        &["src/page.md，第 3 行", "没有写语言"],
    );
}

#[test]
fn broken_html_is_refused() {
    refused("# 页\n\n<div>\n\n没有结束\n", &["page.md", "书没有建成"]);
}

#[test]
fn a_flowchart_without_description_is_refused() {
    refused(
        "# 页\n\n```mermaid\nflowchart TD\n A --> B\n```\n",
        &["src/page.md", "accDescr"],
    );
}

#[test]
fn a_missing_chapter_names_the_line_of_the_summary() {
    let book = Book::new();
    book.write(
        "src/SUMMARY.md",
        "# 目录\n\n- [页](page.md)\n- [无](none.md)\n",
    );
    let output = book.run(&[]);
    assert!(!output.status.success());
    assert!(
        errors(&output).contains("src/SUMMARY.md，第 4 行"),
        "{}",
        errors(&output)
    );
    assert!(
        !book.folder.path().join("src/none.md").exists(),
        "写出了空页"
    );
}

#[test]
fn nothing_that_looks_like_a_directive_is_printed() {
    refused("# 页\n\n{{ valeu a.b }}\n", &["第 3 行", "看不懂"]);
    refused("# 页\n\n{{Value a.b}}\n", &["第 3 行", "看不懂"]);
    refused(
        "# 页\n\n```text\n{{#inclde ../book.toml}}\n```\n",
        &["第 4 行", "看不懂"],
    );
}

#[test]
fn a_fence_that_never_ends_is_refused() {
    refused(
        "# 页\n\n```text\nx\n\n## 二\n",
        &["src/page.md，第 3 行", "没有结束"],
    );
}

#[test]
fn includes_must_be_watched_files_in_code_blocks_and_not_empty() {
    refused(
        "# 页\n\n```text\n{{#include ../../x.txt}}\n```\n",
        &["第 4 行", "不在 src、examples、theme、crates 里"],
    );
    refused(
        "# 页\n\n{{#include SUMMARY.md}}\n",
        &["第 3 行", "不在代码块里"],
    );
    refused(
        "# 页\n\n```text\n{{#include SUMMARY.md:70:90}}\n```\n",
        &["第 4 行", "没有 70:90 这一段"],
    );
}

#[test]
fn a_block_must_begin_its_line() {
    refused("# 页\n\n见 {{output nothing}}\n", &["第 3 行", "不在行首"]);
}

#[test]
fn a_bare_percent_in_a_formula_is_refused_and_a_value_in_percent_is_kept() {
    refused("# 页\n\n$a % b$\n", &["第 3 行", "%"]);
    let book = Book::new();
    book.write(
        "src/page.md",
        "# 页\n\n$x={{value first-program-descent.factor %.0}}$\n",
    );
    assert!(book.run(&[]).status.success());
    assert!(book.page().unwrap().contains("40\\%") || book.page().unwrap().contains("40&#92;%"));
}

#[test]
fn formulas_survive_markdown() {
    let book = Book::new();
    book.write("src/page.md", "# 页\n\n$x^*$，$y^*$，$w[i](t)$，$a\\,b$\n");
    let output = book.run(&[]);
    assert!(output.status.success(), "{}", errors(&output));
    let page = book.page().unwrap();
    for formula in ["x^*", "y^*", "w[i](t)", "a\\,b"] {
        let annotation =
            format!("<annotation encoding=\"application/x-tex\">{formula}</annotation>");
        assert!(page.contains(&annotation), "{formula} 变了");
    }
}

#[test]
fn a_summary_without_chapters_or_with_strange_ones_is_refused() {
    for (summary, said) in [
        ("# 目录\n", "一章也没有"),
        ("# 目录\n\n- [页](../book.toml)\n", "第 3 行"),
        ("# 目录\n\n- [页](page.md)\n- [又](page.md)\n", "第 4 行"),
    ] {
        let book = Book::new();
        book.write("src/SUMMARY.md", summary);
        let output = book.run(&[]);
        assert!(!output.status.success(), "{summary}");
        assert!(errors(&output).contains(said), "{}", errors(&output));
    }
}

#[test]
fn a_file_in_the_place_of_the_site_is_left_alone() {
    for place in ["book", "book.old", "book.part"] {
        let book = Book::new();
        book.write(place, "mine");
        let output = book.run(&[]);
        assert!(!output.status.success(), "{place}");
        assert!(
            errors(&output).contains("应当是一个普通的目录"),
            "{}",
            errors(&output)
        );
        assert_eq!(
            fs::read_to_string(book.folder.path().join(place)).unwrap(),
            "mine"
        );
    }
}

#[test]
fn a_damaged_site_is_built_again_and_a_lost_one_comes_back() {
    let book = Book::new();
    assert!(book.run(&[]).status.success());
    let page = book.page().unwrap();
    let root = book.folder.path();
    fs::remove_file(root.join("book/page.html")).unwrap();
    assert!(book.run(&[]).status.success());
    assert_eq!(book.page().as_ref(), Some(&page));
    fs::remove_dir_all(root.join("src/figures")).unwrap();
    assert!(book.run(&[]).status.success());
    assert!(root.join("src/figures/theme.css").is_file());
    // As if the build had been killed while it put the new book in the place of the old one.
    fs::rename(root.join("book"), root.join("book.old")).unwrap();
    book.write("src/page.md", "# 页\n\n{{value a.b}}\n");
    assert!(!book.run(&[]).status.success());
    assert_eq!(book.page().as_ref(), Some(&page));
}

#[test]
fn builds_at_the_same_time_wait_for_each_other() {
    let book = Book::new();
    let start = || {
        Command::new(env!("CARGO_BIN_EXE_gd-book"))
            .current_dir(book.folder.path())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap()
    };
    for mut child in [start(), start(), start()] {
        assert!(child.wait().unwrap().success());
    }
    assert!(book.page().unwrap().contains("起点是 4"));
}

#[test]
fn files_of_the_author_beside_the_figures_are_kept() {
    let book = Book::new();
    fs::create_dir_all(book.folder.path().join("src/figures/deep")).unwrap();
    book.write("src/figures/mine.txt", "mine");
    book.write("src/figures/deep/photo.svg", "mine");
    assert!(book.run(&[]).status.success());
    for file in ["src/figures/mine.txt", "src/figures/deep/photo.svg"] {
        assert!(book.folder.path().join(file).is_file(), "{file}");
    }
}

#[test]
fn all_mistakes_are_told_at_once() {
    refused(
        "# 页\n\n{{value a.b}}\n\n{{ref table x}}\n\n$\\nosuchcommand$\n",
        &["3 处要改", "第 3 行", "第 5 行", "第 7 行"],
    );
}

#[test]
fn an_unknown_figure_on_the_command_line_lists_the_nearest() {
    let output = Book::new().run(&["figures", "learning-rate-three-rate"]);
    assert!(!output.status.success());
    assert!(
        errors(&output).contains("learning-rate-three-rates"),
        "{}",
        errors(&output)
    );
}

#[test]
fn unknown_commands_and_options_are_refused() {
    let book = Book::new();
    for (arguments, said) in [
        (["bulid"].as_slice(), "没有名为 bulid 的命令"),
        (&["figures", "--jpg"], "--jpg"),
        (&["serve", "--port", "99999"], "99999"),
        (&["record", "nothing"], "没有名为 nothing 的示例"),
        (&["preprocess", "tex"], "没有名为 tex 的预处理器"),
    ] {
        let output = book.run(arguments);
        assert!(!output.status.success(), "{arguments:?}");
        assert!(
            errors(&output).contains(said),
            "{arguments:?}: {}",
            errors(&output)
        );
    }
}

#[test]
fn a_reader_that_closes_the_pipe_is_no_error() {
    let book = Book::new();
    let mut child = Command::new(env!("CARGO_BIN_EXE_gd-book"))
        .arg("values")
        .current_dir(book.folder.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", errors(&output));
}

#[test]
fn outside_a_book_the_program_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_gd-book"))
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(!output.status.success());
    assert!(errors(&output).contains("book.toml"));
}

#[test]
fn a_second_build_does_nothing_and_a_changed_paragraph_shows() {
    let book = Book::new();
    assert!(book.run(&[]).status.success());
    let output = book.run(&[]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("没有变化"));
    book.write("src/page.md", "# 页\n\n新的一段。\n");
    let output = book.run(&[]);
    assert!(output.status.success());
    assert!(String::from_utf8_lossy(&output.stdout).contains("新算 0 项"));
    assert!(book.page().unwrap().contains("新的一段"));
}

const REFERENCES: &str = "[polyak-1964]\nauthors = [\"Polyak, B. T.\"]\nyear = 1964\n\
    title = \"Some methods\"\nvenue = \"USSR\"\ndoi = \"10.1016/0041-5553(64)90137-5\"\n\n\
    [li-et-al-2018]\nauthors = [\"Li, H.\", \"Xu, Z.\", \"Taylor, G.\"]\nyear = 2018\n\
    title = \"Landscape\"\nvenue = \"NeurIPS\"\narxiv = \"1712.09913\"\nabout = \"看地貌。\"\n";

const GLOSSARY: &str = "[momentum]\ngroup = \"优化器\"\nzh = \"动量\"\nen = \"momentum\"\n\
    symbol = '$\\mu$'\nmeaning = \"接着上一步的方向走。\"\n\n[adam]\ngroup = \"优化器\"\n\
    zh = \"Adam\"\nen = \"Adam\"\nmeaning = \"两样都用。\"\n";

impl Book {
    /// A book with an appendix that lists sources, terms, figures and listings.
    fn with_appendix(page: &str) -> Self {
        let book = Self::new();
        fs::create_dir_all(book.folder.path().join("src/appendix")).unwrap();
        book.write(
            "src/SUMMARY.md",
            "# 目录\n\n- [页](page.md)\n\n[附录](appendix/lists.md)\n",
        );
        book.write("src/appendix/references.toml", REFERENCES);
        book.write("src/appendix/glossary.toml", GLOSSARY);
        book.write(
            "src/appendix/lists.md",
            "# 附录\n\n{{references}}\n\n{{glossary}}\n\n{{index figures}}\n\n{{index listings}}\n",
        );
        book.write("src/page.md", page);
        book
    }

    fn lists(&self) -> String {
        fs::read_to_string(self.folder.path().join("book/appendix/lists.html")).unwrap()
    }
}

/// Builds a book with an appendix and looks at what is said of it.
fn refused_with_appendix(page: &str, change: (&str, &str, &str), said: &[&str]) {
    let book = Book::with_appendix(page);
    let (file, from, to) = change;
    if !file.is_empty() {
        let path = book.folder.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file}: {from}");
        fs::write(path, text.replace(from, to)).unwrap();
    }
    let output = book.run(&[]);
    let errors = errors(&output);
    assert!(!output.status.success(), "建成了：{page}");
    for expected in said {
        assert!(errors.contains(expected), "{errors} 里没有 {expected}");
    }
}

#[test]
fn citations_and_terms_are_links_both_ways() {
    let book = Book::with_appendix(
        "# 页\n\n{{term momentum}}很老{{cite polyak-1964}}，画图的是 Li 等人{{cite year li-et-al-2018}}，\
         {{term adam}} 不是{{cite polyak-1964 li-et-al-2018}}。\n\n\
         {{figure first-program-descent}}\n步子 $x<1$ 变短。第二句。\nalt: 说明\n{{/figure}}\n",
    );
    let output = book.run(&[]);
    assert!(output.status.success(), "{}", errors(&output));
    let page = book.page().unwrap();
    for html in [
        "href=\"appendix/lists.html#term-momentum\">动量</a>（momentum）",
        "（<a class=\"gd-cite\" id=\"cite-polyak-1964\" href=\"appendix/lists.html#polyak-1964\">Polyak，1964</a>）",
        "href=\"appendix/lists.html#li-et-al-2018\">2018</a>）",
        "href=\"appendix/lists.html#term-adam\">Adam</a> 不是",
        "Polyak，1964</a>；<a class=\"gd-cite\" href=\"appendix/lists.html#li-et-al-2018\">Li 等，2018</a>）",
    ] {
        assert!(page.contains(html), "{page}\n里没有 {html}");
    }
    let lists = book.lists();
    for html in [
        "id=\"polyak-1964\"",
        "href=\"https://doi.org/10.1016/0041-5553(64)90137-5\"",
        "href=\"https://arxiv.org/abs/1712.09913\"",
        "href=\"../page.html#cite-li-et-al-2018\"",
        "id=\"term-momentum\"",
        "href=\"../page.html#use-momentum\"",
        "href=\"../page.html#figure-first-program-descent\"",
    ] {
        assert!(lists.contains(html), "{lists}\n里没有 {html}");
    }
    assert!(!lists.contains("延伸阅读") && !lists.contains("第二句"));
}

#[test]
fn sources_that_nobody_cites_are_further_reading() {
    let book = Book::with_appendix("# 页\n\n很老{{cite polyak-1964}}。\n");
    let output = book.run(&[]);
    assert!(output.status.success(), "{}", errors(&output));
    let lists = book.lists();
    let further = lists.find("延伸阅读").unwrap();
    assert!(lists.find("id=\"polyak-1964\"").unwrap() < further);
    assert!(lists.find("id=\"li-et-al-2018\"").unwrap() > further);
}

#[test]
fn an_unknown_source_or_term_names_the_nearest() {
    refused_with_appendix(
        "# 页\n\n一\n\n二{{cite polyak-1946}}，{{term momentun}}\n",
        ("", "", ""),
        &[
            "src/page.md，第 5 行：没有名为 polyak-1946 的文献",
            "相近的有：polyak-1964",
            "src/appendix/references.toml",
            "没有名为 momentun 的术语",
            "相近的有：momentum",
        ],
    );
}

#[test]
fn a_citation_does_not_repeat_the_authors() {
    refused_with_appendix(
        "# 页\n\nLi 等人{{cite li-et-al-2018}}画过。\n",
        ("", "", ""),
        &["src/page.md，第 3 行", "{{cite year li-et-al-2018}}"],
    );
}

#[test]
fn a_term_is_introduced_once_a_page_and_not_in_bold() {
    refused_with_appendix(
        "# 页\n\n{{term momentum}}\n\n{{term momentum}}\n",
        ("", "", ""),
        &["src/page.md，第 5 行", "出现了两次"],
    );
    refused_with_appendix(
        "# 页\n\n**{{term momentum}}**\n",
        ("", "", ""),
        &["src/page.md，第 3 行", "写在粗体里"],
    );
}

#[test]
fn lists_that_are_missing_or_doubled_are_told() {
    refused_with_appendix(
        "# 页\n\n一{{cite polyak-1964}}\n",
        ("src/appendix/lists.md", "{{references}}", ""),
        &["src/page.md，第 3 行", "没有去处", "{{references}}"],
    );
    refused_with_appendix(
        "# 页\n\n{{glossary}}\n",
        ("", "", ""),
        &[
            "src/appendix/lists.md，第 5 行",
            "{{glossary}} 出现了两次",
            "第一次在 src/page.md",
        ],
    );
}

#[test]
fn mistakes_in_the_data_files_name_file_and_line() {
    refused_with_appendix(
        "# 页\n",
        ("src/appendix/references.toml", "year = 1964", "yaer = 1964"),
        &[
            "src/appendix/references.toml，第 3 行：没有名为 yaer 的字段",
            "相近的有：year",
            "没有 year",
        ],
    );
    refused_with_appendix(
        "# 页\n",
        ("src/appendix/glossary.toml", "$\\mu$", "$\\mu{$"),
        &["src/appendix/glossary.toml，第 1 行", "KaTeX 不接受公式"],
    );
}
