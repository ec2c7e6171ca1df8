//! Axes: scales, ticks at round values, labels.

use crate::text;

/// How values are spread along an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Equal differences are equal lengths.
    Linear,
    /// Equal ratios are equal lengths.
    Log,
}

/// A place on an axis and what is written there.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// The value.
    pub value: f64,
    /// Its label, typeset.
    pub label: String,
}

/// One axis: a range, a scale, a title.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// Value at the left or lower end.
    pub lo: f64,
    /// Value at the right or upper end.
    pub hi: f64,
    /// Its scale.
    pub scale: Scale,
    /// Symbol and meaning, `步数 *t*`.
    pub title: String,
    ticks: Option<Vec<f64>>,
    names: Vec<String>,
    percent: bool,
}

impl Axis {
    /// A linear axis.
    ///
    /// # Panics
    /// Unless `lo < hi`, both finite.
    pub fn linear(title: &str, lo: f64, hi: f64) -> Self {
        Self::new(title, lo, hi, Scale::Linear)
    }

    /// A logarithmic axis.
    ///
    /// # Panics
    /// Unless `0 < lo < hi`, both finite.
    pub fn log(title: &str, lo: f64, hi: f64) -> Self {
        assert!(lo > 0.0, "a log axis needs lo > 0, got {lo}");
        Self::new(title, lo, hi, Scale::Log)
    }

    fn new(title: &str, lo: f64, hi: f64, scale: Scale) -> Self {
        assert!(
            lo < hi && lo.is_finite() && hi.is_finite(),
            "an axis needs finite lo < hi, got {lo} and {hi}"
        );
        Axis {
            lo,
            hi,
            scale,
            title: title.to_owned(),
            ticks: None,
            names: Vec::new(),
            percent: false,
        }
    }

    /// Puts ticks at these values instead of where the generator would.
    pub fn ticks_at(mut self, values: &[f64]) -> Self {
        self.ticks = Some(values.to_vec());
        self
    }

    /// An axis of things instead of numbers: these names stand at 0, 1, 2, ….
    pub fn named(title: &str, names: &[&str]) -> Self {
        let mut axis = Self::linear(title, -0.6, names.len() as f64 - 0.4);
        axis.names = names.iter().map(|name| (*name).to_owned()).collect();
        axis
    }

    /// Turned round: the values grow to the left, or downwards.
    pub fn reversed(mut self) -> Self {
        (self.lo, self.hi) = (self.hi, self.lo);
        self
    }

    /// Writes its ticks as percentages.
    pub fn percent(mut self) -> Self {
        self.percent = true;
        self
    }

    /// Where a value lies: 0 at `lo`, 1 at `hi`. Not finite for what a log axis cannot show.
    pub fn position(&self, value: f64) -> f64 {
        match self.scale {
            Scale::Linear => (value - self.lo) / (self.hi - self.lo),
            Scale::Log => (value / self.lo).ln() / (self.hi / self.lo).ln(),
        }
    }

    /// The value at a position between 0 and 1.
    pub fn value(&self, position: f64) -> f64 {
        match self.scale {
            Scale::Linear => self.lo + position * (self.hi - self.lo),
            Scale::Log => self.lo * (self.hi / self.lo).powf(position),
        }
    }

    /// Ticks at round values, at most about `count` of them.
    pub fn ticks(&self, count: usize) -> Vec<Tick> {
        if !self.names.is_empty() {
            let numbered = self.names.iter().enumerate();
            let tick = |(i, label): (usize, &String)| Tick {
                value: i as f64,
                label: label.clone(),
            };
            return numbered.map(tick).collect();
        }
        let count = count.max(2);
        let mut ticks = match (&self.ticks, self.scale) {
            (Some(values), Scale::Linear) => label_fixed(values.clone(), decimals_of(values)),
            (Some(values), Scale::Log) => label_powers(values, values),
            (None, Scale::Linear) => linear_ticks(self.lo, self.hi, count),
            (None, Scale::Log) => log_ticks(self.lo, self.hi, count),
        };
        if self.percent {
            for tick in &mut ticks {
                // eight digits hide what 100 × 0.07 leaves behind the point
                let percent = (100.0 * tick.value * 1e8).round() / 1e8;
                tick.label = text::minus(&format!("{percent}%"));
            }
        }
        ticks
    }
}

/// The smallest step of the form 1, 2 or 5 times a power of ten that needs at most `count`
/// ticks.
fn round_step(span: f64, count: usize) -> f64 {
    let raw = span / count as f64;
    let power = 10f64.powf(raw.log10().floor());
    let factor = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .find(|f| f * power >= raw * (1.0 - 1e-9));
    factor.unwrap_or(10.0) * power
}

fn linear_ticks(lo: f64, hi: f64, count: usize) -> Vec<Tick> {
    let step = round_step(hi - lo, count);
    // a window of -0.5..2.5 should not lose its ticks to rounding
    let slack = 1e-9;
    let first = (lo / step - slack).ceil() as i64;
    let last = (hi / step + slack).floor() as i64;
    let decimals = (-step.log10().floor()).max(0.0) as usize;
    label_fixed((first..=last).map(|k| k as f64 * step).collect(), decimals)
}

/// Digits after the point that tell these values apart.
fn decimals_of(values: &[f64]) -> usize {
    let exact = |d: &usize| {
        let scale = 10f64.powi(*d as i32);
        values
            .iter()
            .all(|v| ((v * scale).round() - v * scale).abs() < 1e-6)
    };
    (0..6).find(exact).unwrap_or(6)
}

fn label_fixed(values: Vec<f64>, decimals: usize) -> Vec<Tick> {
    let tick = |value| Tick {
        value,
        label: text::fixed(value, decimals),
    };
    values.into_iter().map(tick).collect()
}

fn log_ticks(lo: f64, hi: f64, count: usize) -> Vec<Tick> {
    let first = (lo.log10() - 1e-9).ceil() as i32;
    let last = (hi.log10() + 1e-9).floor() as i32;
    if last - first < 1 {
        // less than a decade or so: round values in between
        let mantissas: &[f64] = if hi / lo > 6.0 {
            &[1.0, 2.0, 5.0]
        } else {
            &[1.0, 1.5, 2.0, 3.0, 5.0, 7.0]
        };
        let values: Vec<f64> = (first - 1..=last + 1)
            .flat_map(|e| mantissas.iter().map(move |m| m * 10f64.powi(e)))
            .filter(|v| (lo * (1.0 - 1e-9)..=hi * (1.0 + 1e-9)).contains(v))
            .collect();
        return label_fixed(values.clone(), decimals_of(&values));
    }
    let decades = (last - first) as usize;
    let every = decades.div_ceil(count.max(2) - 1).max(1) as i32;
    // ticks on multiples of the stride, so that 1 is among them where it is in the window
    let values: Vec<f64> = (first..=last)
        .filter(|e| e.rem_euclid(every) == 0)
        .map(|e| 10f64.powi(e))
        .collect();
    // the range decides, so that the axis reads the same with many ticks and with few
    label_powers(&values, &[lo, hi])
}

/// Powers of ten: plain digits if the values in `range` are short, else `10⁻³`.
fn label_powers(values: &[f64], range: &[f64]) -> Vec<Tick> {
    let short = range.iter().all(|v| (0.0099..=1001.0).contains(v));
    values
        .iter()
        .map(|&value| {
            let exponent = value.log10().round();
            let is_power = (value.log10() - exponent).abs() < 1e-9;
            let as_power = !short && is_power && exponent != 0.0 && exponent != 1.0;
            let label = if as_power {
                format!("10{}", text::superscript(exponent as i32))
            } else {
                text::minus(&value.to_string())
            };
            Tick { value, label }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(axis: &Axis, count: usize) -> Vec<String> {
        axis.ticks(count).into_iter().map(|t| t.label).collect()
    }

    #[test]
    fn names_stand_at_whole_numbers_however_little_room_there_is() {
        let axis = Axis::named("", &["甲", "乙", "丙"]).reversed();
        let ticks: Vec<(f64, String)> = axis
            .ticks(2)
            .into_iter()
            .map(|t| (t.value, t.label))
            .collect();
        assert_eq!(
            ticks,
            [(0.0, "甲".into()), (1.0, "乙".into()), (2.0, "丙".into())]
        );
        assert!(axis.position(0.0) > axis.position(2.0));
    }

    #[test]
    fn linear_ticks_are_round() {
        let axis = Axis::linear("x", -5.0, 5.0);
        assert_eq!(labels(&axis, 6), ["−4", "−2", "0", "2", "4"]);
        assert_eq!(labels(&axis, 3), ["−5", "0", "5"]);
        let axis = Axis::linear("x", 0.0, 1.0);
        assert_eq!(labels(&axis, 6), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
    }

    #[test]
    fn there_are_never_many_more_ticks_than_asked_for() {
        for hi in [0.3, 1.0, 7.0, 29.9, 30.1, 1234.0] {
            for count in 2..9 {
                let ticks = Axis::linear("x", 0.0, hi).ticks(count);
                assert!(
                    (2..=count + 1).contains(&ticks.len()),
                    "{hi} {count}: {ticks:?}"
                );
            }
        }
    }

    #[test]
    fn decades_are_powers_of_ten() {
        let axis = Axis::log("y", 1e-6, 10.0);
        assert_eq!(labels(&axis, 5), ["10⁻⁶", "10⁻⁴", "10⁻²", "1"]);
        assert_eq!(
            labels(&Axis::log("y", 1.0, 1000.0), 5),
            ["1", "10", "100", "1000"]
        );
        assert_eq!(labels(&Axis::log("y", 1.0, 1e4), 6)[4], "10⁴");
    }

    #[test]
    fn few_ticks_are_written_like_many() {
        let axis = Axis::log("y", 1e-3, 100.0);
        assert_eq!(labels(&axis, 7)[0], "10⁻³");
        assert_eq!(labels(&axis, 4), ["10⁻²", "1", "10²"]);
    }

    #[test]
    fn percentages_are_plain() {
        let axis = Axis::log("y", 1e-4, 1.0).percent();
        assert_eq!(labels(&axis, 9), ["0.01%", "0.1%", "1%", "10%", "100%"]);
    }

    #[test]
    fn a_short_log_axis_still_has_ticks() {
        assert_eq!(labels(&Axis::log("y", 1.8, 6.1), 5), ["2", "3", "5"]);
    }

    #[test]
    fn position_and_value_are_inverse() {
        for axis in [Axis::linear("x", -2.0, 3.0), Axis::log("x", 1e-3, 50.0)] {
            for p in [0.0, 0.3, 1.0] {
                assert!((axis.position(axis.value(p)) - p).abs() < 1e-12);
            }
        }
        assert!(!Axis::log("x", 1e-3, 50.0).position(0.0).is_finite());
    }

    #[test]
    #[should_panic(expected = "lo > 0, got 0")]
    fn a_log_axis_from_zero_is_refused() {
        let _ = Axis::log("x", 0.0, 1.0);
    }
}
