//! Classes in the plane: moons, circles and spirals, which no line separates, and blobs.
//!
//! Points come class by class, not shuffled; what draws batches from them shuffles. Noise is added to
//! every coordinate, point by point.

use std::f64::consts::{PI, TAU};

use ndarray::Array2;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::{Labelled, normal};
use crate::{Float, check};

/// Two half circles that reach into each other: the `make_moons` of scikit-learn.
///
/// With t evenly spaced from 0 to π, both ends included, class 0 is (cos t, sin t), the upper half
/// of the unit circle, with ⌊n/2⌋ points; class 1, with the others, is (1 − cos t, ½ − sin t), a
/// lower half around (1, ½). N(0, noise_std²) is added to every coordinate.
///
/// # Panics
/// If n < 4, or if `noise_std` is negative or not finite.
///
/// ```
/// let moons = gd_core::data::two_moons::<f64>(200, 0.1, 42);
/// assert_eq!((moons.x.dim(), moons.classes()), ((200, 2), 2));
/// ```
#[track_caller]
pub fn two_moons<F: Float>(n: usize, noise_std: F, seed: u64) -> Labelled<F> {
    check_size(n, 4);
    two_curves(n, noise_std, seed, |class, i, m| {
        let (sin, cos) = (PI * i / (m - 1.0)).sin_cos();
        match class {
            0 => [cos, sin],
            _ => [1.0 - cos, 0.5 - sin],
        }
        .map(F::of)
    })
}

/// A small circle in a large one: the `make_circles` of scikit-learn.
///
/// Class 0 is the unit circle, with ⌊n/2⌋ points at evenly spaced angles from 0; class 1, with the
/// others, is a circle of radius `factor` in [0, 1). N(0, noise_std²) is added to every coordinate.
///
/// # Panics
/// If n < 2, if `factor` is outside of [0, 1) or NaN, or if `noise_std` is negative or not finite.
///
/// ```
/// let circles = gd_core::data::circles(4, 0.5, 0.0_f64, 42);
/// let x_of_the_right_ends = (circles.x[[0, 0]], circles.x[[2, 0]]);
/// assert_eq!(x_of_the_right_ends, (1.0, 0.5));
/// ```
#[track_caller]
pub fn circles<F: Float>(n: usize, factor: F, noise_std: F, seed: u64) -> Labelled<F> {
    check_size(n, 2);
    check::decay_rate(
        "factor",
        factor,
        "0.5 gives the inner circle half the radius",
    );
    two_curves(n, noise_std, seed, |class, i, m| {
        let radius = [F::one(), factor][class];
        let (sin, cos) = (TAU * i / m).sin_cos();
        [cos, sin].map(|v| radius * F::of(v))
    })
}

/// Two spirals, each one turn around the other: hard for a small network.
///
/// An arm has ⌊n/2⌋ points (class 0) or the others (class 1). Point i of the m of an arm is, with
/// u = (i + ½)/m, at angle 2πu and radius 0.2 + 1.8u; class 1 is turned by half a circle, (x, y) ↦
/// (−x, −y). N(0, noise_std²) is added to every coordinate; 0.05 is usual, the arms are 0.9 apart.
///
/// After the two-spirals benchmark of K. J. Lang and M. J. Witbrock, “Learning to Tell Two Spirals
/// Apart”, 1988, whose arms make three turns.
///
/// # Panics
/// If n < 2, or if `noise_std` is negative or not finite.
///
/// ```
/// let spirals = gd_core::data::spirals::<f64>(200, 0.0, 42);
/// assert_eq!(spirals.x.row(3).to_owned(), -&spirals.x.row(103));
/// ```
#[track_caller]
pub fn spirals<F: Float>(n: usize, noise_std: F, seed: u64) -> Labelled<F> {
    check_size(n, 2);
    two_curves(n, noise_std, seed, |class, i, m| {
        let u = (i + 0.5) / m;
        let (sin, cos) = (TAU * u).sin_cos();
        let radius = [1.0, -1.0][class] * (0.2 + 1.8 * u);
        [cos, sin].map(|v| F::of(radius * v))
    })
}

/// Clouds of points: around every center the normal distribution N(center, std²·I), as in
/// scikit-learn's `make_blobs`.
///
/// Class k is around `centers[k]`; the classes are of equal size, but where n is not a multiple of
/// their number the first ones have a point more.
///
/// # Panics
/// If there are no centers or more than n, if a center is not finite, or if `std` is negative or not
/// finite.
///
/// ```
/// let blobs = gd_core::data::blobs(90, &[[0.0, 0.0], [4.0, 0.0], [2.0, 3.0]], 0.7, 42);
/// assert_eq!(blobs.labels[29..31], [0, 1]);
/// ```
#[track_caller]
pub fn blobs<F: Float>(n: usize, centers: &[[F; 2]], std: F, seed: u64) -> Labelled<F> {
    let classes = centers.len();
    assert!(
        (1..=n).contains(&classes),
        "there must be 1 to {n} centers for n = {n} points, got {classes}; every class needs a point"
    );
    for (k, center) in centers.iter().enumerate() {
        check::all_finite(&format!("centers[{k}]"), center, "centers must be finite");
    }
    check::non_negative("std", std, "1 is usual");
    let size = |class| n / classes + usize::from(class < n % classes);
    let labels: Vec<usize> = (0..classes)
        .flat_map(|class| std::iter::repeat_n(class, size(class)))
        .collect();
    let points: Vec<[F; 2]> = labels.iter().map(|&class| centers[class]).collect();
    noisy(points, std, seed, labels)
}

/// ⌊n/2⌋ points of class 0 and then the others of class 1, with noise: `curve(class, i, m)` is point
/// i of the m of its class.
#[track_caller]
fn two_curves<F: Float>(
    n: usize,
    noise_std: F,
    seed: u64,
    curve: impl Fn(usize, f64, f64) -> [F; 2],
) -> Labelled<F> {
    check::non_negative("noise_std", noise_std, "0 gives points without noise");
    let sizes = [n / 2, n - n / 2];
    let (points, labels): (Vec<_>, Vec<_>) = (0..2)
        .flat_map(|class| (0..sizes[class]).map(move |i| (class, i)))
        .map(|(class, i)| (curve(class, i as f64, sizes[class] as f64), class))
        .unzip();
    noisy(points, noise_std, seed, labels)
}

/// The points, each coordinate in turn with N(0, std²) added.
fn noisy<F: Float>(points: Vec<[F; 2]>, std: F, seed: u64, labels: Vec<usize>) -> Labelled<F> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let coordinates = points.into_iter().flatten();
    let x = coordinates.map(|v| v + std * normal(&mut rng)).collect();
    let x = Array2::from_shape_vec((labels.len(), 2), x).expect("two coordinates a point");
    Labelled::new(x, labels)
}

#[track_caller]
fn check_size(n: usize, least: usize) {
    assert!(
        n >= least,
        "n must be >= {least}, got {n}; 200 points draw well"
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Axis, array, s};

    fn assert_close(x: &Array2<f64>, known: &Array2<f64>) {
        assert_eq!(x.dim(), known.dim());
        assert!((x - known).iter().all(|e| e.abs() < 1e-12), "{x}");
    }

    #[test]
    fn moons_lie_as_in_scikit_learn() {
        let moons = two_moons(7, 0.0, 1);
        assert_eq!(moons.labels, [0, 0, 0, 1, 1, 1, 1]);
        let s = 3.0_f64.sqrt() / 2.0; // sine of 60°
        assert_close(
            &moons.x,
            &array![
                [1.0, 0.0],
                [0.0, 1.0],
                [-1.0, 0.0],
                [0.0, 0.5],
                [0.5, 0.5 - s],
                [1.5, 0.5 - s],
                [2.0, 0.5],
            ],
        );
    }

    #[test]
    fn circles_lie_as_in_scikit_learn() {
        let circles = circles(7, 0.5, 0.0, 1);
        assert_eq!(circles.labels, [0, 0, 0, 1, 1, 1, 1]);
        let s = 3.0_f64.sqrt() / 2.0;
        assert_close(
            &circles.x,
            &array![
                [1.0, 0.0],
                [-0.5, s],
                [-0.5, -s],
                [0.5, 0.0],
                [0.0, 0.5],
                [-0.5, 0.0],
                [0.0, -0.5],
            ],
        );
    }

    #[test]
    fn spirals_follow_their_recipe() {
        let spirals = spirals::<f64>(100, 0.0, 1);
        for (i, (point, &class)) in spirals
            .x
            .rows()
            .into_iter()
            .zip(&spirals.labels)
            .enumerate()
        {
            assert_eq!(class, i / 50);
            let u = ((i % 50) as f64 + 0.5) / 50.0;
            let (angle, radius) = (2.0 * PI * u, 0.2 + 1.8 * u);
            let sign = if class == 0 { 1.0 } else { -1.0 };
            assert!((point[0] - sign * radius * angle.cos()).abs() < 1e-12);
            assert!((point[1] - sign * radius * angle.sin()).abs() < 1e-12);
        }
        assert_eq!(super::spirals(7, 0.0, 1).labels, [0, 0, 0, 1, 1, 1, 1]);
    }

    #[test]
    fn noise_and_blobs_have_their_mean_and_deviation() {
        let n = 20_000;
        let noise = spirals(n, 0.3, 5).x - spirals(n, 0.0, 5).x;
        let data = blobs(n, &[[0.0, 0.0]], 0.3, 6);
        for x in [noise, data.x] {
            // 20,000 draws a column: standard errors of 0.0021 and 0.0015
            let (mean, std) = (x.mean_axis(Axis(0)).unwrap(), x.std_axis(Axis(0), 0.0));
            assert!(mean.iter().all(|m: &f64| m.abs() < 0.01), "{mean}");
            assert!(std.iter().all(|s| (s - 0.3).abs() < 0.007), "{std}");
        }
    }

    #[test]
    fn blobs_stand_around_their_centers() {
        let centers = [[1.0, 2.0], [-3.0, 4.0], [0.0, 0.0]];
        let data = blobs(5, &centers, 0.0, 1);
        assert_eq!(data.labels, [0, 0, 1, 1, 2]);
        for (point, &class) in data.x.rows().into_iter().zip(&data.labels) {
            assert_eq!(point.to_vec(), centers[class]);
        }
    }

    #[test]
    fn the_stream_is_pinned() {
        let z = array![
            [0.4779812383510221, 1.3340706102318078],
            [-0.21086668327103, 0.4763469238088214],
        ];
        assert_close(&blobs(2, &[[0.0, 0.0]], 1.0, 42).x, &z);
        // All shapes draw the same noise; without it their points are known.
        let spirals = array![[-1.1, 0.0], [1.1, 0.0]] + &z * 0.05;
        assert_close(&super::spirals(2, 0.05, 42).x, &spirals);
        let circles = array![[1.0, 0.0], [0.5, 0.0]] + &z * 0.1;
        assert_close(&super::circles(2, 0.5, 0.1, 42).x, &circles);
        let moons = two_moons(4, 0.1, 42).x;
        let first_arc = array![[1.0, 0.0], [-1.0, 0.0]] + &z * 0.1;
        assert_close(&moons.slice(s![..2, ..]).to_owned(), &first_arc);
    }

    #[test]
    fn seeds_repeat_and_single_precision_follows_double() {
        assert_eq!(two_moons(50, 0.1, 3), two_moons(50, 0.1, 3));
        assert_ne!(two_moons(50, 0.1, 3), two_moons(50, 0.1, 4));
        let pairs = [
            (
                two_moons::<f32>(50, 0.1, 3).x,
                two_moons::<f64>(50, 0.1, 3).x,
            ),
            (
                circles(50, 0.4_f32, 0.1, 3).x,
                circles(50, 0.4_f64, 0.1, 3).x,
            ),
            (spirals::<f32>(50, 0.1, 3).x, spirals::<f64>(50, 0.1, 3).x),
            (
                blobs(50, &[[1.0_f32, 2.0]], 0.1, 3).x,
                blobs(50, &[[1.0_f64, 2.0]], 0.1, 3).x,
            ),
        ];
        for (narrow, wide) in pairs {
            assert!(
                (narrow.mapv(f64::from) - wide)
                    .iter()
                    .all(|e| e.abs() < 1e-6)
            );
        }
    }

    #[test]
    #[should_panic(expected = "n must be >= 4, got 3; 200 points draw well")]
    fn too_few_for_moons() {
        two_moons(3, 0.1, 0);
    }

    #[test]
    #[should_panic(expected = "noise_std must be finite and >= 0, got -0.1")]
    fn negative_noise() {
        spirals(10, -0.1, 0);
    }

    #[test]
    #[should_panic(expected = "factor must be in [0, 1), got 1")]
    fn inner_circle_as_large_as_the_outer() {
        circles(10, 1.0, 0.1, 0);
    }

    #[test]
    #[should_panic(expected = "there must be 1 to 2 centers for n = 2 points, got 3")]
    fn more_blobs_than_points() {
        blobs(2, &[[0.0, 0.0]; 3], 1.0, 0);
    }

    #[test]
    #[should_panic(expected = "centers[0][1] is NaN; centers must be finite")]
    fn blob_nowhere() {
        blobs(2, &[[0.0, f64::NAN]], 1.0, 0);
    }
}
