//! What a reader's function may return, how it is compared and how it is shown.

/// A value that can be compared with the right one and printed beside it.
pub trait Answer {
    /// Whether it is `right`, up to rounding. NaN is never right.
    fn is(&self, right: &Self) -> bool;
    /// The value as the reader should see it.
    fn show(&self) -> String;
    /// What is wrong with it whatever the exercise: not a number, not finite, of the wrong length.
    fn trouble(&self, right: &Self) -> Option<String>;
}

impl Answer for f64 {
    fn is(&self, right: &Self) -> bool {
        // Any finite number is near infinity by the measure below.
        if right.is_infinite() {
            return self == right;
        }
        // Two ways to write the same formula differ by a few units in the last place of numbers
        // near 1; the mistakes that the checks look for differ by far more than this.
        (self - right).abs() <= 1e-6 * right.abs() + 1e-12
    }

    fn show(&self) -> String {
        let size = self.abs();
        if *self == 0.0 {
            "0".into()
        } else if !(1e-4..1e7).contains(&size) {
            let text = format!("{self:.7e}");
            match text.split_once('e') {
                Some((digits, exponent)) => format!("{}e{exponent}", trim_zeros(digits)),
                None => text,
            }
        } else {
            let decimals = (8 - size.log10().floor() as i32).clamp(1, 12) as usize;
            trim_zeros(&format!("{self:.decimals$}")).into()
        }
    }

    fn trouble(&self, _: &Self) -> Option<String> {
        if self.is_nan() {
            Some("NaN 不是一个数：多半是 0 除以 0，或者给负数开了方。".into())
        } else if self.is_infinite() {
            Some("无穷大：多半是除以了 0，或者数越乘越大溢出了。".into())
        } else {
            None
        }
    }
}

/// Without the zeros at the end of the decimals.
fn trim_zeros(digits: &str) -> &str {
    digits.trim_end_matches('0').trim_end_matches('.')
}

impl Answer for usize {
    fn is(&self, right: &Self) -> bool {
        self == right
    }

    fn show(&self) -> String {
        self.to_string()
    }

    fn trouble(&self, _: &Self) -> Option<String> {
        None
    }
}

impl Answer for bool {
    fn is(&self, right: &Self) -> bool {
        self == right
    }

    fn show(&self) -> String {
        if *self { "是" } else { "不是" }.into()
    }

    fn trouble(&self, _: &Self) -> Option<String> {
        None
    }
}

impl Answer for &str {
    fn is(&self, right: &Self) -> bool {
        self == right
    }

    fn show(&self) -> String {
        format!("“{self}”")
    }

    fn trouble(&self, _: &Self) -> Option<String> {
        None
    }
}

impl<A: Answer, B: Answer> Answer for (A, B) {
    fn is(&self, right: &Self) -> bool {
        self.0.is(&right.0) && self.1.is(&right.1)
    }

    fn show(&self) -> String {
        format!("({}, {})", self.0.show(), self.1.show())
    }

    fn trouble(&self, right: &Self) -> Option<String> {
        self.0
            .trouble(&right.0)
            .or_else(|| self.1.trouble(&right.1))
    }
}

impl<T: Answer> Answer for Vec<T> {
    fn is(&self, right: &Self) -> bool {
        self.len() == right.len() && self.iter().zip(right).all(|(one, right)| one.is(right))
    }

    fn show(&self) -> String {
        // A function gone wrong may return very many.
        const SHOWN: usize = 12;
        let parts: Vec<String> = self.iter().take(SHOWN).map(Answer::show).collect();
        let rest = if self.len() > SHOWN { ", …" } else { "" };
        format!("[{}{rest}]", parts.join(", "))
    }

    fn trouble(&self, right: &Self) -> Option<String> {
        if self.len() != right.len() {
            return Some(format!(
                "应当有 {} 个，却有 {} 个。",
                right.len(),
                self.len()
            ));
        }
        self.iter()
            .zip(right)
            .find_map(|(one, right)| one.trouble(right))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_short_and_never_panic() {
        for (number, shown) in [
            (0.0, "0"),
            (-0.5, "-0.5"),
            (-14.808_071_234, "-14.8080712"),
            (123_456.0, "123456"),
            (1e-20, "1e-20"),
            (f64::MAX, "1.7976931e308"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "-inf"),
        ] {
            assert_eq!(number.show(), shown);
        }
        assert_eq!(vec![1.0; 99].show().matches(',').count(), 12);
    }

    #[test]
    fn nan_is_never_right_and_infinity_only_infinity() {
        assert!(!f64::NAN.is(&f64::NAN));
        assert!(!1.0.is(&f64::INFINITY) && !f64::NEG_INFINITY.is(&f64::INFINITY));
        assert!(f64::INFINITY.is(&f64::INFINITY));
        assert!(!vec![1.0, f64::NAN].is(&vec![1.0, 2.0]));
        assert!(f64::NAN.trouble(&1.0).is_some());
        assert!(vec![1.0].trouble(&vec![1.0, 2.0]).unwrap().contains("2 个"));
    }
}
