//! Samples with classes: data for classification.

use ndarray::{Array2, Axis};

use crate::{
    Float,
    batch::{Sampler, Sampling},
    check,
};

/// n samples with d inputs each, and the class of every sample.
#[derive(Clone, Debug, PartialEq)]
pub struct Labelled<F> {
    /// The inputs, n×d: one row a sample.
    pub x: Array2<F>,
    /// The classes, of length n, counted from 0.
    pub labels: Vec<usize>,
}

impl<F: Float> Labelled<F> {
    /// The samples in the rows of `x`, n×d, with their classes.
    ///
    /// # Panics
    /// If there are no samples or no inputs, if the number of rows is not the number of labels, or
    /// if a number is not finite.
    ///
    /// ```
    /// use gd_core::data::Labelled;
    /// use ndarray::array;
    ///
    /// let data = Labelled::new(array![[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]], vec![0, 1, 1]);
    /// assert_eq!((data.len(), data.classes()), (3, 2));
    /// ```
    #[track_caller]
    pub fn new(x: Array2<F>, labels: Vec<usize>) -> Self {
        assert!(
            x.nrows() == labels.len(),
            "x has {} rows and there are {} labels; every sample needs one label",
            x.nrows(),
            labels.len()
        );
        assert!(
            !x.is_empty(),
            "the data set must not be empty, got {}x{}; give at least one sample and input",
            x.nrows(),
            x.ncols()
        );
        check::all_finite("x", &x, "data must be finite");
        Self { x, labels }
    }

    /// n, the number of samples.
    #[expect(clippy::len_without_is_empty, reason = "a data set is never empty")]
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// The number of classes: one more than the greatest label.
    pub fn classes(&self) -> usize {
        self.labels.iter().max().map_or(0, |&greatest| greatest + 1)
    }

    /// The samples with these numbers, in this order; repeats are allowed.
    ///
    /// # Panics
    /// If there are none, or if a sample does not exist.
    ///
    /// ```
    /// use gd_core::data;
    ///
    /// // zeros and ones alone
    /// let digits = data::digits::<f64>();
    /// let two_kinds: Vec<usize> = (0..digits.len()).filter(|&i| digits.labels[i] < 2).collect();
    /// assert_eq!(digits.subset(&two_kinds).classes(), 2);
    /// ```
    #[track_caller]
    pub fn subset(&self, samples: &[usize]) -> Self {
        let n = self.len();
        for (k, &i) in samples.iter().enumerate() {
            assert!(
                i < n,
                "samples[{k}] is {i}, but there are {n}; count from 0"
            );
        }
        let labels = samples.iter().map(|&i| self.labels[i]).collect();
        Self::new(self.x.select(Axis(0), samples), labels)
    }

    /// Shuffles the samples and cuts after the first `train` of them: one part to learn from, and
    /// the rest, held out, to test on. The same seed gives the same parts on every platform.
    ///
    /// # Panics
    /// If one of the parts would be empty.
    ///
    /// ```
    /// let (train, test) = gd_core::data::digits::<f64>().split(1437, 0);
    /// assert_eq!((train.len(), test.len()), (1437, 360));
    /// ```
    #[track_caller]
    pub fn split(&self, train: usize, seed: u64) -> (Self, Self) {
        let n = self.len();
        assert!(
            (1..n).contains(&train),
            "train must be in 1..{n} (there are {n} samples), got {train}; four in five is usual"
        );
        let mut one_pass = Sampler::new(n, Sampling::Epochs { size: n }, seed);
        let (train, test) = one_pass.next_batch().split_at(train);
        (self.subset(train), self.subset(test))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    /// Sample i has the inputs (i, −i) and the label i mod 3.
    fn numbered(n: usize) -> Labelled<f64> {
        let x = Array2::from_shape_fn((n, 2), |(i, j)| [i as f64, -(i as f64)][j]);
        Labelled::new(x, (0..n).map(|i| i % 3).collect())
    }

    #[test]
    fn a_split_is_a_partition() {
        let data = numbered(20);
        for train in [1, 13, 19] {
            let (one, other) = data.split(train, 7);
            assert_eq!((one.len(), other.len()), (train, 20 - train));
            let mut seen = Vec::new();
            for part in [one, other] {
                for (row, &label) in part.x.rows().into_iter().zip(&part.labels) {
                    let i = row[0] as usize;
                    assert_eq!((row[1], label), (-row[0], i % 3), "rows keep their labels");
                    seen.push(i);
                }
            }
            assert_ne!(seen, Vec::from_iter(0..20), "shuffled");
            seen.sort_unstable();
            assert_eq!(seen, Vec::from_iter(0..20));
        }
    }

    #[test]
    fn seeds_repeat_and_the_stream_is_pinned() {
        let data = numbered(10);
        assert_eq!(data.split(4, 42), data.split(4, 42));
        assert_ne!(data.split(4, 42), data.split(4, 43));
        let (train, test) = data.split(4, 42);
        assert_eq!(train.x.column(0), array![6.0, 9.0, 5.0, 7.0]);
        assert_eq!(test.x.column(0), array![2.0, 4.0, 3.0, 1.0, 0.0, 8.0]);
    }

    #[test]
    fn a_subset_keeps_the_order_asked_for() {
        let data = numbered(5).subset(&[4, 0, 4]);
        assert_eq!(data.x, array![[4.0, -4.0], [0.0, 0.0], [4.0, -4.0]]);
        assert_eq!((&data.labels[..], data.classes()), (&[1, 0, 1][..], 2));
    }

    #[test]
    #[should_panic(expected = "x has 2 rows and there are 1 labels; every sample needs one label")]
    fn lengths_differ() {
        Labelled::new(array![[1.0], [2.0]], vec![0]);
    }

    #[test]
    #[should_panic(expected = "the data set must not be empty, got 2x0")]
    fn no_inputs() {
        Labelled::<f64>::new(Array2::zeros((2, 0)), vec![0, 1]);
    }

    #[test]
    #[should_panic(expected = "x[1] is NaN; data must be finite")]
    fn not_finite() {
        Labelled::new(array![[1.0], [f64::NAN]], vec![0, 1]);
    }

    #[test]
    #[should_panic(expected = "samples[1] is 5, but there are 5; count from 0")]
    fn no_such_sample() {
        numbered(5).subset(&[0, 5]);
    }

    #[test]
    #[should_panic(expected = "train must be in 1..5 (there are 5 samples), got 5")]
    fn nothing_held_out() {
        numbered(5).split(5, 0);
    }

    #[test]
    #[should_panic(expected = "train must be in 1..5 (there are 5 samples), got 0")]
    fn nothing_to_learn_from() {
        numbered(5).split(0, 0);
    }
}
