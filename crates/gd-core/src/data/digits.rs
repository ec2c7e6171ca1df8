//! Handwritten digits, small enough to ship.

use ndarray::{Array2, ArrayRef1};

use super::Labelled;
use crate::Float;

/// The side of an image, in pixels.
const SIDE: usize = 8;

/// 1797 handwritten digits of 8×8 pixels: x is 1797×64, the label the digit, 0 to 9.
///
/// A row of x is an image row by row, from the top left; a pixel is a whole number from 0 (empty) to
/// 16 (full). For training divide by 16 or [standardise](super::Standardizer); three pixels, at the
/// edges, are 0 in all images. 13 people wrote the digits, and their order is not random:
/// [shuffle](Labelled::split) before holding some out. Every hand is then in both parts, so the ones
/// held out are easier than those of a stranger.
///
/// The test set of E. Alpaydin and C. Kaynak, “Optical Recognition of Handwritten Digits”, UCI
/// Machine Learning Repository, 1998, doi:10.24432/C50P49, under the licence CC BY 4.0; the same
/// images in the same order as scikit-learn's `load_digits`.
///
/// ```
/// let digits = gd_core::data::digits::<f64>();
/// assert_eq!((digits.x.dim(), digits.classes()), ((1797, 64), 10));
/// assert_eq!(digits.labels[..5], [0, 1, 2, 3, 4]);
/// ```
pub fn digits<F: Float>() -> Labelled<F> {
    let text = include_str!("../../data/digits.txt");
    let (mut pixels, mut labels) = (Vec::new(), Vec::new());
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (label, image) = line.split_once(' ').expect("a label and an image");
        labels.push(label.parse().expect("labels are numbers"));
        pixels.extend(image.chars().map(|c| {
            let pixel = c.to_digit(17).expect("pixels are 0-9 and a-g");
            F::of(f64::from(pixel))
        }));
    }
    let x = Array2::from_shape_vec((labels.len(), SIDE * SIDE), pixels);
    Labelled::new(x.expect("every image has 64 pixels"), labels)
}

/// The image in a row of 64 pixels, 8×8.
///
/// # Panics
/// If there are not 64 pixels.
///
/// ```
/// use gd_core::data;
/// use ndarray::{array, s};
///
/// let zero = data::digit_image(&data::digits::<f64>().x.row(0));
/// assert_eq!(zero.slice(s![3, ..]), array![0.0, 4.0, 12.0, 0.0, 0.0, 8.0, 8.0, 0.0]);
/// ```
#[track_caller]
pub fn digit_image<F: Float>(pixels: &ArrayRef1<F>) -> Array2<F> {
    assert!(
        pixels.len() == SIDE * SIDE,
        "an image has 64 pixels, got {}; give a row of digits().x",
        pixels.len()
    );
    Array2::from_shape_fn((SIDE, SIDE), |(i, j)| pixels[SIDE * i + j])
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Axis, array};

    #[test]
    fn sums_and_counts_are_those_of_scikit_learn() {
        let Labelled { x, labels } = digits::<f64>();
        assert!(
            x.iter()
                .all(|p| (0.0..=16.0).contains(p) && p.fract() == 0.0)
        );
        let (mut count, mut ink) = ([0; 10], [0.0; 10]);
        for (row, &label) in x.rows().into_iter().zip(&labels) {
            count[label] += 1;
            ink[label] += row.sum();
        }
        assert_eq!(count, [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
        let known = [
            56415, 57007, 55566, 56151, 56239, 55915, 56336, 54289, 57408, 56392,
        ];
        assert_eq!(ink, known.map(f64::from));
        assert_eq!((x.sum(), x.pow2().sum()), (561_718.0, 6_907_012.0));
        let position = ndarray::Array1::from_iter((0..64).map(f64::from));
        assert_eq!(x.dot(&position).sum(), 17_660_653.0);
        let empty = x
            .sum_axis(Axis(0))
            .iter()
            .filter(|&&sum| sum == 0.0)
            .count();
        assert_eq!(empty, 3);
    }

    #[test]
    fn an_image_is_read_row_by_row() {
        let image = digit_image(&digits::<f32>().x.row(1));
        assert_eq!(
            image.row(0),
            array![0.0, 0.0, 0.0, 12.0, 13.0, 5.0, 0.0, 0.0]
        );
        assert_eq!(
            image.row(7),
            array![0.0, 0.0, 0.0, 11.0, 16.0, 10.0, 0.0, 0.0]
        );
    }

    #[test]
    #[should_panic(expected = "an image has 64 pixels, got 63; give a row of digits().x")]
    fn part_of_an_image() {
        digit_image(&ndarray::Array1::<f64>::zeros(63));
    }
}
