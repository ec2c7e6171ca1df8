//! Running a check, and what it says at the end.

use crate::Answer;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt::Display;
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::sync::Once;

/// How the last line begins when all is right; `cargo run -- check` looks for it.
pub const DONE: &str = "完成：";

/// The checks of one exercise, as far as they went: those after the first mistake are counted but
/// not made, since one mistake usually spoils them all.
#[derive(Debug)]
pub struct Checks {
    fallback: &'static str,
    passed: usize,
    total: usize,
    known: BTreeSet<String>,
    mistake: Option<Mistake>,
}

#[derive(Debug)]
struct Mistake {
    input: String,
    got: String,
    right: String,
    hint: String,
}

impl Checks {
    /// No checks yet. `fallback` is the hint for an answer that no usual mistake explains.
    pub fn new(fallback: &'static str) -> Self {
        Self {
            fallback,
            passed: 0,
            total: 0,
            known: BTreeSet::new(),
            mistake: None,
        }
    }

    /// Compares what `answer` returns for the input with the `right` one. `usual` holds the answers
    /// of usual mistakes, each with its hint.
    pub fn check<T: Answer>(
        &mut self,
        input: impl Display,
        right: T,
        usual: &[(T, &str)],
        answer: impl FnOnce() -> T,
    ) {
        self.total += 1;
        self.known
            .extend(usual.iter().map(|(_, hint)| (*hint).to_string()));
        if self.mistake.is_some() {
            return;
        }
        let (got, hint) = match catch(answer) {
            Ok(got) if got.is(&right) => {
                self.passed += 1;
                return;
            }
            Ok(got) => {
                let known = usual.iter().find(|(mistaken, _)| got.is(mistaken));
                let hint = match known {
                    Some((_, hint)) => (*hint).to_string(),
                    None => got
                        .trouble(&right)
                        .unwrap_or_else(|| self.fallback.to_string()),
                };
                (got.show(), hint)
            }
            Err(message) => (
                format!("程序中途停下了（panic）：{message}"),
                explain_panic(&message).unwrap_or(self.fallback).to_string(),
            ),
        };
        self.mistake = Some(Mistake {
            input: input.to_string(),
            got,
            right: right.show(),
            hint,
        });
    }

    /// The hint at the first mistake; `None` if all was right.
    pub fn hint(&self) -> Option<&str> {
        self.mistake.as_ref().map(|mistake| mistake.hint.as_str())
    }

    /// The hints of all usual mistakes, whether shown or not.
    pub fn known(&self) -> impl Iterator<Item = &str> {
        self.known.iter().map(String::as_str)
    }

    /// Prints the verdict; the exit code is 0 exactly if all was right.
    pub fn report(self) -> ExitCode {
        println!("{}", self.verdict());
        match self.mistake {
            None => ExitCode::SUCCESS,
            Some(_) => ExitCode::FAILURE,
        }
    }

    /// The verdict in words.
    pub fn verdict(&self) -> String {
        match &self.mistake {
            None => format!("{DONE}{} 项检查都对。", self.total),
            Some(Mistake {
                input,
                got,
                right,
                hint,
            }) => format!(
                "\n  输入　{input}\n  得到　{got}\n  应为　{right}\n  提示　{hint}\n\n\
                 还没完成：共 {} 项检查，第 {} 项不对。",
                self.total,
                self.passed + 1
            ),
        }
    }
}

thread_local! {
    /// The place and message of a panic inside `catch`; `None` outside of it.
    static CAUGHT: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Calls the reader's function; a panic becomes its message with the line.
fn catch<T>(answer: impl FnOnce() -> T) -> Result<T, String> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let kept = CAUGHT.with_borrow_mut(|caught| {
                let message = info.payload_as_str().unwrap_or("没有留下话");
                let place = info.location().map_or(String::new(), |at| {
                    format!("（{}，第 {} 行）", at.file(), at.line())
                });
                caught
                    .as_mut()
                    .map(|text| *text = format!("{message}{place}"))
            });
            if kept.is_none() {
                usual(info);
            }
        }));
    });
    CAUGHT.set(Some(String::new()));
    let result = panic::catch_unwind(AssertUnwindSafe(answer));
    let message = CAUGHT.take().unwrap_or_default();
    result.map_err(|_| message)
}

/// The panics that beginners meet.
fn explain_panic(message: &str) -> Option<&'static str> {
    [
        (
            "index out of bounds",
            "下标越界：长为 n 的数组，下标从 0 到 n − 1。",
        ),
        (
            "range end index",
            "切片的末尾越界：用 min 把它限制在数组长度之内。",
        ),
        (
            "subtract with overflow",
            "usize 没有负数：相减之前先比大小，或者先换成 f64。",
        ),
        ("divide by zero", "整数除以了 0：先处理除数是 0 的情形。"),
        (
            "divisor of zero",
            "整数对 0 取了余数：先处理除数是 0 的情形。",
        ),
        ("not yet implemented", "todo!() 还在：把它换成你的答案。"),
        (
            "还没有找到",
            "二分法每试一次，区间缩短一半，十几次就够：循环停得下来吗？是一个一个地试吗？",
        ),
        (
            "不是四个名字之一",
            "四个名字是：局部最小值点、局部最大值点、鞍点、无法判断。",
        ),
        ("chunk size must be non-zero", "批的大小不能是 0。"),
    ]
    .into_iter()
    .find(|(part, _)| message.contains(part))
    .map(|(_, hint)| hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_mistake_is_told_and_the_rest_is_not_tried() {
        let mut checks = Checks::new("再想想。");
        checks.check("一", 1.0, &[], || 1.0);
        checks.check("二", 2.0, &[(-2.0, "符号反了。")], || -2.0);
        checks.check("三", 3.0, &[], || unreachable!());
        assert_eq!(checks.hint(), Some("符号反了。"));
        let verdict = checks.verdict();
        assert!(
            verdict.contains("输入　二\n  得到　-2\n  应为　2"),
            "{verdict}"
        );
        assert!(verdict.ends_with("共 3 项检查，第 2 项不对。"), "{verdict}");
    }

    #[test]
    fn nan_and_panics_are_mistakes_with_a_hint() {
        let mut checks = Checks::new("再想想。");
        checks.check("一", 1.0, &[], || f64::NAN);
        assert!(checks.hint().unwrap().contains("NaN"));

        let mut checks = Checks::new("再想想。");
        checks.check("一", 1.0, &[], || {
            let empty: Vec<f64> = Vec::new();
            empty[empty.len()]
        });
        assert!(checks.hint().unwrap().contains("下标越界"));
        assert!(checks.verdict().contains("verdict.rs"));
    }

    /// The words of a panic are the standard library's: a new version may change them.
    #[test]
    fn the_panics_of_beginners_are_explained() {
        let empty: Vec<f64> = Vec::new();
        let zero = empty.len();
        let panics: [(&dyn Fn() -> usize, &str); 8] = [
            (&|| empty[zero] as usize, "下标越界"),
            (&|| empty[..zero + 1].len(), "切片的末尾越界"),
            (&|| zero - 1, "usize 没有负数"),
            (&|| 1 / zero, "整数除以了 0"),
            (&|| 1 % zero, "取了余数"),
            (&|| todo!(), "todo!()"),
            (&|| empty.chunks(zero).count(), "批的大小不能是 0"),
            (&|| panic!("还没有找到"), "二分法"),
        ];
        for (panics, part) in panics {
            let mut checks = Checks::new("再想想。");
            checks.check("一", 1, &[], panics);
            let hint = checks.hint().unwrap();
            assert!(hint.contains(part), "没有“{part}”：{hint}");
        }
    }

    #[test]
    fn all_right_is_done() {
        let mut checks = Checks::new("再想想。");
        checks.check("一", vec![1.0, 2.0], &[], || vec![1.0, 2.0]);
        assert!(checks.verdict().starts_with(DONE));
        assert_eq!(checks.hint(), None);
    }
}
