//! Data for regression with one input: lines and parabolas, and the two data sets of the lesson.

use ndarray::Array1;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::normal;
use crate::{Float, check};

/// n points (xᵢ, yᵢ): inputs and targets, both of length n.
#[derive(Clone, Debug, PartialEq)]
pub struct Dataset<F> {
    /// The inputs.
    pub x: Array1<F>,
    /// The targets.
    pub y: Array1<F>,
}

impl<F: Float> Dataset<F> {
    /// The points (xᵢ, yᵢ).
    ///
    /// # Panics
    /// If there are none, if `x` and `y` differ in length, or if a number is not finite.
    ///
    /// ```
    /// use gd_core::data::Dataset;
    /// use ndarray::array;
    ///
    /// assert_eq!(Dataset::new(array![0.0, 1.0], array![3.0, 5.0]).len(), 2);
    /// ```
    #[track_caller]
    pub fn new(x: Array1<F>, y: Array1<F>) -> Self {
        assert!(
            x.len() == y.len(),
            "x has length {} and y has length {}; every input needs one target",
            x.len(),
            y.len()
        );
        assert!(
            !x.is_empty(),
            "the data set must not be empty; give at least one point"
        );
        check::all_finite("x", &x, "data must be finite");
        check::all_finite("y", &y, "data must be finite");
        Self { x, y }
    }

    /// n, the number of points.
    #[expect(clippy::len_without_is_empty, reason = "a data set is never empty")]
    pub fn len(&self) -> usize {
        self.x.len()
    }
}

/// n points on a line with noise: y = wx + b + σz, x uniform in [−5, 5), z standard normal.
///
/// First all x are drawn, then all z. (As `f32`, an x may round to 5.)
///
/// # Panics
/// If n is 0, if w or b is not finite, or if `noise_std` (σ) is negative or not finite.
///
/// ```
/// let data = gd_core::data::line(100, 2.0, 3.0, 1.5, 42);
/// assert_eq!(data, gd_core::data::line(100, 2.0, 3.0, 1.5, 42));
/// ```
#[track_caller]
pub fn line<F: Float>(n: usize, w: F, b: F, noise_std: F, seed: u64) -> Dataset<F> {
    check_size(n);
    check::all_finite("[w, b]", &[w, b], "coefficients must be finite");
    check::non_negative("noise_std", noise_std, "0 gives points without noise");
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let x: Array1<F> = (0..n)
        .map(|_| F::of(-5.0 + 10.0 * rng.random::<f64>()))
        .collect();
    let y = x.mapv(|x| w * x + b + noise_std * normal(&mut rng));
    Dataset::new(x, y)
}

/// n points on a parabola with noise: y = ax² + bx + c + σz, x evenly spaced in [−3, 3], both ends
/// included, z standard normal.
///
/// # Panics
/// If n < 2, if a coefficient is not finite, or if `noise_std` (σ) is negative or not finite.
///
/// ```
/// let data = gd_core::data::parabola(4, [1.0, 0.0, 0.0], 0.0, 42);
/// assert_eq!(data.y, ndarray::array![9.0, 1.0, 1.0, 9.0]);
/// ```
#[track_caller]
pub fn parabola<F: Float>(n: usize, [a, b, c]: [F; 3], noise_std: F, seed: u64) -> Dataset<F> {
    assert!(
        n >= 2,
        "n must be >= 2, got {n}; the points reach from -3 to 3"
    );
    check::all_finite("[a, b, c]", &[a, b, c], "coefficients must be finite");
    check::non_negative("noise_std", noise_std, "0 gives points without noise");
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let x: Array1<F> = (0..n)
        .map(|i| F::of(-3.0 + 6.0 * i as f64 / (n - 1) as f64))
        .collect();
    let y = x.mapv(|x| a * x * x + b * x + c + noise_std * normal(&mut rng));
    Dataset::new(x, y)
}

/// The lesson's 100 points on a line: y = 2x + 3 + 1.5·N(0, 1), x uniform in [−5, 5].
///
/// As NumPy drew them (legacy MT19937, seed 42: the x with `np.random.uniform`, then the noise with
/// `np.random.randn`), shipped with the crate at full precision.
pub fn lesson_line<F: Float>() -> Dataset<F> {
    parse_csv(include_str!("../../data/lesson_line.csv"))
}

/// The lesson's 100 points on a parabola: y = 0.5x² − 2x + 1 + 0.5·N(0, 1), x evenly spaced in
/// [−3, 3].
///
/// As NumPy drew them (legacy MT19937, seed 42, `np.random.randn`), shipped with the crate at full
/// precision.
pub fn lesson_parabola<F: Float>() -> Dataset<F> {
    parse_csv(include_str!("../../data/lesson_parabola.csv"))
}

#[track_caller]
fn check_size(n: usize) {
    assert!(n >= 1, "n must be >= 1, got 0; the lesson uses 100 points");
}

fn parse_csv<F: Float>(text: &str) -> Dataset<F> {
    let number = |field: &str| F::of(field.parse().expect("the shipped data are numbers"));
    let rows = text.lines().skip(1);
    let (x, y): (Vec<F>, Vec<F>) = rows
        .map(|row| {
            row.split_once(',')
                .expect("the shipped data have two columns")
        })
        .map(|(x, y)| (number(x), number(y)))
        .unzip();
    Dataset::new(x.into(), y.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn the_stream_is_pinned() {
        let data = line::<f64>(3, 2.0, 3.0, 1.5, 42);
        assert_eq!(
            data.x,
            array![1.8189619230667144, 4.502754076724839, -0.7248359714348034]
        );
        assert_eq!(
            data.y,
            array![7.352444231846661, 11.237372220365433, 0.14936038304434618]
        );
        let data = parabola::<f64>(3, [0.5, -2.0, 1.0], 0.5, 42);
        assert_eq!(data.x, array![-3.0, 0.0, 3.0]);
        assert_eq!(
            data.y,
            array![11.73899061917551, 1.667035305115904, -0.6054333416355151]
        );
    }

    #[test]
    fn single_precision_follows_double() {
        let (narrow, wide) = (
            line::<f32>(200, 2.0, 3.0, 1.5, 1),
            line::<f64>(200, 2.0, 3.0, 1.5, 1),
        );
        assert_eq!(narrow.x, wide.x.mapv(|x| x as f32));
        for (a, b) in narrow.y.iter().zip(&wide.y) {
            assert!((f64::from(*a) - b).abs() < 1e-5);
        }
    }

    #[test]
    fn inputs_and_noise_are_as_documented() {
        let data = line::<f64>(10_000, 0.0, 0.0, 1.0, 5);
        assert!(data.x.iter().all(|x| (-5.0..5.0).contains(x)));
        // standard deviations: 0.029 of the mean of x, 0.01 and 0.014 of those of the noise
        assert!(data.x.mean().unwrap().abs() < 0.12);
        assert!(data.y.mean().unwrap().abs() < 0.04);
        assert!((data.y.pow2().mean().unwrap() - 1.0).abs() < 0.06);
    }

    #[test]
    fn without_noise_the_points_lie_on_the_curve() {
        let data = line::<f64>(10, 2.0, 3.0, 0.0, 5);
        assert_eq!(data.y, data.x.mapv(|x| 2.0 * x + 3.0));
        let data = parabola::<f64>(100, [0.5, -2.0, 1.0], 0.0, 5);
        assert_eq!((data.x[0], data.x[99]), (-3.0, 3.0));
    }

    #[test]
    #[should_panic(expected = "x has length 2 and y has length 1; every input needs one target")]
    fn lengths_differ() {
        Dataset::new(array![1.0, 2.0], array![1.0]);
    }

    #[test]
    #[should_panic(expected = "the data set must not be empty")]
    fn empty() {
        Dataset::<f64>::new(array![], array![]);
    }

    #[test]
    #[should_panic(expected = "y[1] is NaN; data must be finite")]
    fn not_finite() {
        Dataset::new(array![1.0, 2.0], array![1.0, f64::NAN]);
    }

    #[test]
    #[should_panic(expected = "n must be >= 1, got 0")]
    fn no_points() {
        line(0, 2.0, 3.0, 1.5, 42);
    }

    #[test]
    #[should_panic(expected = "noise_std must be finite and >= 0, got -1")]
    fn negative_noise() {
        parabola(10, [1.0, 0.0, 0.0], -1.0, 42);
    }
}
