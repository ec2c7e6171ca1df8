//! Every entry of the registry: names, keys, and pictures that a reader can read.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::sync::LazyLock;

use flate2::Compression;
use flate2::write::GzEncoder;
use gd_figures::clip::Rect;
use gd_figures::shape::{Anchor, text_box};
use gd_figures::svg::SCALE;
use gd_figures::{Kind, Output, all, find, svg};
use roxmltree::{Document, Node};

/// What every entry gives, in the order of the registry; computed once, on two threads.
fn outputs() -> &'static [Output] {
    static OUTPUTS: LazyLock<Vec<Output>> = LazyLock::new(|| {
        let entries = all();
        let run = |part: usize| -> Vec<Output> {
            let every_other = entries.iter().skip(part).step_by(2);
            every_other.map(|entry| entry.run()).collect()
        };
        let (even, odd) = std::thread::scope(|scope| {
            let odd = scope.spawn(|| run(1));
            (run(0), odd.join().expect("no entry panics"))
        });
        let mut parts = [even.into_iter(), odd.into_iter()];
        let one_by_one = (0..entries.len()).map(|i| parts[i % 2].next());
        one_by_one
            .collect::<Option<_>>()
            .expect("one for each entry")
    });
    &OUTPUTS
}

fn kebab(part: &str) -> bool {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    !part.is_empty() && part.bytes().all(fits) && !part.starts_with('-') && !part.ends_with('-')
}

#[test]
fn names_are_unique_kebab_case_without_digits() {
    let mut seen = BTreeSet::new();
    for entry in all() {
        assert!(seen.insert(entry.name), "{} twice", entry.name);
        assert!(
            kebab(entry.name) && entry.name.contains('-'),
            "{}",
            entry.name
        );
        assert!(
            !entry.name.bytes().any(|b| b.is_ascii_digit()),
            "{}",
            entry.name
        );
        assert_eq!(find(entry.name).map(|e| e.name), Some(entry.name));
    }
    assert!(find("no-such-figure").is_none());
}

#[test]
fn values_have_unique_keys_under_the_name_of_their_entry() {
    for output in outputs() {
        assert!(!output.values.is_empty(), "{}", output.name);
        let mut seen = BTreeSet::new();
        for (key, value) in &output.values {
            assert!(seen.insert(key), "{key} twice");
            let rest = key
                .strip_prefix(output.name)
                .and_then(|r| r.strip_prefix('.'));
            let rest = rest.unwrap_or_else(|| panic!("{key} outside {}", output.name));
            assert!(rest.split('.').all(kebab), "{key}");
            assert_ne!(value.format(None).as_deref(), Ok("NaN"), "{key}");
        }
    }
}

#[test]
fn entries_draw_what_their_kind_says() {
    for (entry, output) in all().iter().zip(outputs()) {
        let is_figure = entry.kind == Kind::Figure;
        assert_eq!(output.picture.is_some(), is_figure, "{}", entry.name);
    }
}

#[test]
fn running_twice_gives_the_same() {
    // the heavy ones take minutes together; they draw from the same seeded generators
    let light = all().into_iter().zip(outputs());
    for (entry, output) in light.filter(|(entry, _)| !entry.is_heavy) {
        assert_eq!(entry.run(), *output);
    }
}

/// Fails with all that was found, so that one run shows everything there is to mend.
#[track_caller]
fn assert_none(problems: Vec<String>) {
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

/// The bytes of a text as servers send it.
fn compressed(text: &str) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap().len()
}

#[test]
fn pictures_are_small_well_formed_and_free_of_ids() {
    let mut problems = Vec::new();
    for output in outputs() {
        let Some(picture) = &output.picture else {
            continue;
        };
        for form in [&picture.wide, &picture.narrow] {
            let document = Document::parse(form).unwrap();
            assert!(document.descendants().count() > 10, "{}", output.name);
            for node in document.descendants() {
                assert!(node.attribute("id").is_none(), "{}", output.name);
            }
            assert!(!form.contains('\n'), "{}", output.name);
            // what goes over the wire; heights in colours need polygons for every band
            let most = if form.contains("--gd-band-") {
                12_000
            } else {
                4_500
            };
            let size = compressed(form);
            if size >= most {
                problems.push(format!("{}: {size} bytes compressed", output.name));
            }
            assert!(
                !form.contains("NaN") && !form.contains("inf"),
                "{}",
                output.name
            );
            Document::parse(&svg::standalone(form)).unwrap();
        }
    }
    assert_none(problems);
}

/// The nearest value of an attribute, from the node upwards.
fn inherited<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.ancestors().find_map(|n| n.attribute(name))
}

/// Every text with its estimated box, in css px.
fn texts(document: &Document<'_>) -> Vec<(String, Rect, f64)> {
    let texts = document.descendants().filter(|n| n.has_tag_name("text"));
    texts
        .map(|node| {
            let content: String = node
                .descendants()
                .filter(Node::is_text)
                .filter_map(|n| n.text())
                .collect();
            let number = |name| inherited(node, name).unwrap().parse::<f64>().unwrap() / SCALE;
            let anchor = match inherited(node, "text-anchor") {
                Some("end") => Anchor::End,
                Some("middle") => Anchor::Middle,
                _ => Anchor::Start,
            };
            let size = number("font-size");
            let area = text_box((number("x"), number("y")), anchor, &content, size);
            (content, area, size)
        })
        .collect()
}

#[test]
fn text_is_large_enough_inside_and_apart() {
    let mut problems = Vec::new();
    for output in outputs() {
        let Some(picture) = &output.picture else {
            continue;
        };
        for form in [&picture.wide, &picture.narrow] {
            let document = Document::parse(form).unwrap();
            let size = |name| {
                document
                    .root_element()
                    .attribute(name)
                    .unwrap()
                    .parse()
                    .unwrap()
            };
            let page = Rect {
                left: 0.0,
                top: 0.0,
                right: size("width"),
                bottom: size("height"),
            };
            let texts = texts(&document);
            assert!(texts.len() > 3, "{}", output.name);
            for (i, (content, area, size)) in texts.iter().enumerate() {
                let place = format!("{} ({} px): “{content}”", output.name, page.right);
                if *size < 12.0 {
                    problems.push(format!("{place} is {size} px"));
                }
                if !page.grow(0.5).encloses(area) {
                    problems.push(format!("{place} leaves the picture: {area:?}"));
                }
                for (other, box_of_other, _) in &texts[i + 1..] {
                    if area.grow(-0.5).overlaps(box_of_other) {
                        problems.push(format!("{place} covers “{other}”"));
                    }
                }
            }
        }
    }
    assert_none(problems);
}

#[test]
fn tables_hold_rows_of_finite_numbers() {
    for output in outputs() {
        let Some(picture) = &output.picture else {
            continue;
        };
        let mut lines = picture.csv.lines();
        let columns = lines.next().unwrap().split(',').count();
        assert!(lines.clone().count() > 1, "{}", output.name);
        for line in lines {
            let cells: Vec<&str> = line.split(',').collect();
            assert_eq!(cells.len(), columns, "{}: {line}", output.name);
            assert!(!line.contains("NaN"), "{}: {line}", output.name);
        }
    }
}
