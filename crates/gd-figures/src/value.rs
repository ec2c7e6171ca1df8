//! Named values: the numbers that the prose takes from a run instead of typing them.

use crate::text;

/// One exported value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A measured or computed number; it may be infinite or NaN where that is the result.
    Number(f64),
    /// How many steps, points or runs.
    Count(u64),
    /// A word.
    Text(String),
}

impl Value {
    /// Sets the value as text for the page.
    ///
    /// | `spec` | what | example |
    /// |---|---|---|
    /// | none | counts as integers, numbers in their shortest form | `753`, `−0.64` |
    /// | `.4` | four digits after the point | `1.9289` |
    /// | `.3e` | scientific | `1.934×10⁻¹⁵` |
    /// | `%.1` | percent | `30.0%` |
    ///
    /// Negative numbers bear a true minus sign; non-finite ones are `∞`, `−∞` or `NaN`.
    ///
    /// # Errors
    /// A Chinese message that names the spec and what is allowed, if the spec is none of these
    /// or the value is a word.
    pub fn format(&self, spec: Option<&str>) -> Result<String, String> {
        let style = spec.map(Style::parse).transpose()?;
        let number = match (self, style) {
            (Value::Text(word), None) => return Ok(word.clone()),
            (Value::Text(word), Some(_)) => {
                return Err(format!(
                    "值“{word}”是文字，不能用格式“{}”；文字不带格式",
                    spec.unwrap_or_default()
                ));
            }
            (Value::Count(n), None) => return Ok(n.to_string()),
            // exact up to 2⁵³, far above any count here
            (Value::Count(n), Some(_)) => *n as f64,
            (Value::Number(x), _) => *x,
        };
        Ok(if number.is_nan() {
            "NaN".to_owned()
        } else if number.is_infinite() {
            if number > 0.0 { "∞" } else { "−∞" }.to_owned()
        } else {
            match style {
                None => shortest(number),
                Some(Style::Fixed(decimals)) => text::fixed(number, decimals),
                Some(Style::Scientific(decimals)) => text::scientific(number, decimals),
                Some(Style::Percent(decimals)) => text::fixed(100.0 * number, decimals) + "%",
            }
        })
    }
}

#[derive(Clone, Copy)]
enum Style {
    Fixed(usize),
    Scientific(usize),
    Percent(usize),
}

impl Style {
    fn parse(spec: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "格式“{spec}”不认识；可用的有：不写（原样）、“.4”（小数位数，最多 17）、\
                 “.3e”（科学记数法）、“%.1”（百分数）"
            )
        };
        let digits = |text: &str| match text.parse::<usize>() {
            Ok(n) if n <= 17 && text.bytes().all(|b| b.is_ascii_digit()) => Ok(n),
            _ => Err(wrong()),
        };
        if let Some(rest) = spec.strip_prefix("%.") {
            digits(rest).map(Style::Percent)
        } else if let Some(rest) = spec.strip_prefix('.') {
            match rest.strip_suffix('e') {
                Some(rest) => digits(rest).map(Style::Scientific),
                None => digits(rest).map(Style::Fixed),
            }
        } else {
            Err(wrong())
        }
    }
}

/// The shortest digits that give the number back; typeset with a power of ten where plain
/// digits would need many zeros.
fn shortest(x: f64) -> String {
    let size = x.abs();
    if size != 0.0 && !(1e-5..1e16).contains(&size) {
        let text = format!("{x:e}");
        let (factor, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let exponent = exponent.parse().unwrap_or(0);
        format!("{}×10{}", text::minus(factor), text::superscript(exponent))
    } else {
        text::minus(&x.to_string())
    }
}

/// The values of one experiment, in the order of their export. Keys are kebab-case words
/// with dots between parts; the experiment's name is put in front later.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values(Vec<(String, Value)>);

impl Values {
    /// No values yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a number.
    pub fn number(self, key: impl Into<String>, x: f64) -> Self {
        self.push(key.into(), Value::Number(x))
    }

    /// Adds a count.
    pub fn count(self, key: impl Into<String>, n: usize) -> Self {
        self.push(key.into(), Value::Count(n as u64))
    }

    /// Adds a word.
    pub fn text(self, key: impl Into<String>, word: impl Into<String>) -> Self {
        self.push(key.into(), Value::Text(word.into()))
    }

    fn push(mut self, key: String, value: Value) -> Self {
        self.0.push((key, value));
        self
    }

    /// The pairs, every key with `name.` in front.
    pub(crate) fn named(self, name: &str) -> Vec<(String, Value)> {
        let with_name = |(key, value)| (format!("{name}.{key}"), value);
        self.0.into_iter().map(with_name).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(x: f64, spec: &str) -> String {
        Value::Number(x).format(Some(spec)).unwrap()
    }

    #[test]
    fn without_a_spec_values_show_as_they_are() {
        assert_eq!(Value::Count(753).format(None).unwrap(), "753");
        assert_eq!(Value::Number(-0.64).format(None).unwrap(), "−0.64");
        assert_eq!(Value::Number(8.6e275).format(None).unwrap(), "8.6×10²⁷⁵");
        assert_eq!(Value::Number(0.0).format(None).unwrap(), "0");
        assert_eq!(Value::Text("右".into()).format(None).unwrap(), "右");
    }

    #[test]
    fn specs_round_and_typeset() {
        assert_eq!(number(1.92891, ".4"), "1.9289");
        assert_eq!(number(-1e-9, ".2"), "0.00");
        assert_eq!(number(1.934e-15, ".1e"), "1.9×10⁻¹⁵");
        assert_eq!(number(0.2999, "%.1"), "30.0%");
        assert_eq!(Value::Count(7).format(Some(".1")).unwrap(), "7.0");
    }

    #[test]
    fn numbers_that_are_not_finite_have_a_sign_of_their_own() {
        assert_eq!(number(f64::INFINITY, ".3"), "∞");
        assert_eq!(number(f64::NEG_INFINITY, ".3e"), "−∞");
        assert_eq!(number(f64::NAN, "%.1"), "NaN");
    }

    #[test]
    fn a_wrong_spec_is_named_with_what_is_allowed() {
        for spec in ["", "4", ".", ".x", "%1", ".3E", ".99", ".+3", "%.1e"] {
            let error = Value::Number(1.0).format(Some(spec)).unwrap_err();
            assert!(error.contains(&format!("“{spec}”")) && error.contains(".3e"));
        }
        let error = Value::Text("右".into()).format(Some(".1")).unwrap_err();
        assert!(error.contains("文字"));
    }
}
