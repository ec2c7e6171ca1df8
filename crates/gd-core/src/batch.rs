//! Which samples each update of stochastic gradient descent looks at.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// How batches are drawn from n samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Sampling {
    /// All samples, in order: gradient descent.
    Full,
    /// One sample, drawn anew at each update (with replacement).
    OneSample,
    /// `size` samples, each drawn from all: a batch may hold one twice.
    WithReplacement {
        /// The number of samples in a batch, ≥ 1.
        size: usize,
    },
    /// `size` different samples: at each update an independent, uniform subset.
    WithoutReplacement {
        /// The number of samples in a batch, 1 to n.
        size: usize,
    },
    /// The samples are shuffled and cut into batches of `size`; reshuffled after each pass. The
    /// last batch of a pass is short if `size` does not divide n. What training loops do.
    Epochs {
        /// The number of samples in a batch, 1 to n.
        size: usize,
    },
}

/// A seeded source of batches: the same seed gives the same batches on every platform.
///
/// ```
/// use gd_core::batch::{Sampler, Sampling};
///
/// let mut sampler = Sampler::new(5, Sampling::Epochs { size: 2 }, 42);
/// let sizes: Vec<usize> = (0..6).map(|_| sampler.next_batch().len()).collect();
/// assert_eq!(sizes, [2, 2, 1, 2, 2, 1]);
/// assert_eq!((sampler.samples_seen(), sampler.epoch()), (10, 2));
/// ```
#[derive(Clone, Debug)]
pub struct Sampler {
    n: usize,
    sampling: Sampling,
    seed: u64,
    rng: ChaCha8Rng,
    /// A permutation of 0..n; unused (empty) where samples are drawn with replacement.
    order: Vec<usize>,
    /// The batch, where samples are drawn with replacement.
    drawn: Vec<usize>,
    /// Where the next batch of a pass starts in `order`.
    cursor: usize,
    seen: usize,
}

impl Sampler {
    /// Batches of samples 0, …, n − 1.
    ///
    /// # Panics
    /// If n or the batch size is 0, or if the batch size exceeds n where samples are not replaced.
    #[track_caller]
    pub fn new(n: usize, sampling: Sampling, seed: u64) -> Self {
        assert!(
            n > 0,
            "n must be >= 1, got 0; there is nothing to draw from an empty data set"
        );
        let (order_len, drawn_len) = match sampling {
            Sampling::Full => (n, 0),
            Sampling::OneSample => (0, 1),
            Sampling::WithReplacement { size } => {
                assert!(size > 0, "batch size must be >= 1, got 0; 32 is usual");
                (0, size)
            }
            Sampling::WithoutReplacement { size } | Sampling::Epochs { size } => {
                assert!(
                    (1..=n).contains(&size),
                    "batch size must be in 1..={n} (there are {n} samples), got {size}; \
                     32 is usual, Sampling::Full takes all"
                );
                (n, 0)
            }
        };
        let mut sampler = Self {
            n,
            sampling,
            seed,
            rng: ChaCha8Rng::seed_from_u64(seed),
            order: vec![0; order_len],
            drawn: vec![0; drawn_len],
            cursor: 0,
            seen: 0,
        };
        sampler.reset();
        sampler
    }

    /// The sample numbers of the next batch. Does not allocate.
    pub fn next_batch(&mut self) -> &[usize] {
        let batch = match self.sampling {
            Sampling::Full => &self.order[..],
            Sampling::OneSample | Sampling::WithReplacement { .. } => {
                for i in &mut self.drawn {
                    *i = below(&mut self.rng, self.n);
                }
                &self.drawn[..]
            }
            Sampling::WithoutReplacement { size } => {
                shuffle_front(&mut self.rng, &mut self.order, size);
                &self.order[..size]
            }
            Sampling::Epochs { size } => {
                if self.cursor == 0 {
                    shuffle_front(&mut self.rng, &mut self.order, self.n);
                }
                let start = self.cursor;
                let end = (start + size).min(self.n);
                self.cursor = if end == self.n { 0 } else { end };
                &self.order[start..end]
            }
        };
        self.seen += batch.len();
        batch
    }

    /// Back to the beginning: the same batches come again.
    pub fn reset(&mut self) {
        self.rng = ChaCha8Rng::seed_from_u64(self.seed);
        for (i, slot) in self.order.iter_mut().enumerate() {
            *slot = i;
        }
        self.cursor = 0;
        self.seen = 0;
    }

    /// n, the number of samples that batches are drawn from.
    pub fn samples(&self) -> usize {
        self.n
    }

    /// How batches are drawn.
    pub fn sampling(&self) -> Sampling {
        self.sampling
    }

    /// How many samples all batches so far held together: the fair measure of work when batch
    /// sizes differ.
    pub fn samples_seen(&self) -> usize {
        self.seen
    }

    /// Completed passes over the data, ⌊samples_seen / n⌋. For [`Sampling::Epochs`] these are real
    /// passes, for the others only the equivalent amount of work.
    pub fn epoch(&self) -> usize {
        self.seen / self.n
    }
}

/// A uniform number in 0..n, drawn in the same way on 32-bit and 64-bit platforms.
fn below(rng: &mut ChaCha8Rng, n: usize) -> usize {
    rng.random_range(0..n as u64) as usize
}

/// Fisher–Yates, stopped after the first `count` places: they are a uniform ordered sample.
fn shuffle_front(rng: &mut ChaCha8Rng, order: &mut [usize], count: usize) {
    for i in 0..count {
        let j = i + below(rng, order.len() - i);
        order.swap(i, j);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [Sampling; 5] = [
        Sampling::Full,
        Sampling::OneSample,
        Sampling::WithReplacement { size: 12 },
        Sampling::WithoutReplacement { size: 4 },
        Sampling::Epochs { size: 4 },
    ];

    fn batches(sampler: &mut Sampler, count: usize) -> Vec<Vec<usize>> {
        (0..count).map(|_| sampler.next_batch().to_vec()).collect()
    }

    #[test]
    fn seeds_and_resets_repeat() {
        for kind in KINDS {
            let mut sampler = Sampler::new(10, kind, 42);
            let first = batches(&mut sampler, 50);
            assert_eq!(
                first,
                batches(&mut Sampler::new(10, kind, 42), 50),
                "{kind:?}"
            );
            sampler.reset();
            assert_eq!((sampler.samples_seen(), sampler.epoch()), (0, 0));
            assert_eq!(first, batches(&mut sampler, 50), "{kind:?}");
            if kind != Sampling::Full {
                assert_ne!(
                    first,
                    batches(&mut Sampler::new(10, kind, 43), 50),
                    "{kind:?}"
                );
            }
        }
    }

    #[test]
    fn the_stream_is_pinned() {
        let mut sampler = Sampler::new(10, Sampling::Epochs { size: 10 }, 42);
        assert_eq!(sampler.next_batch(), [6, 9, 5, 7, 2, 4, 3, 1, 0, 8]);
        let mut sampler = Sampler::new(100, Sampling::WithReplacement { size: 6 }, 42);
        assert_eq!(sampler.next_batch(), [68, 95, 42, 62, 28, 14]);
    }

    #[test]
    fn an_epoch_visits_every_sample_once() {
        let mut sampler = Sampler::new(10, Sampling::Epochs { size: 4 }, 7);
        let mut passes = Vec::new();
        for pass in 1..=20 {
            let mut visited = batches(&mut sampler, 3).concat();
            assert_eq!(sampler.epoch(), pass);
            passes.push(visited.clone());
            visited.sort_unstable();
            assert_eq!(visited, Vec::from_iter(0..10));
        }
        passes.dedup();
        assert_eq!(passes.len(), 20, "every pass is shuffled anew");
    }

    #[test]
    fn without_replacement_nothing_repeats_and_everything_comes() {
        let mut sampler = Sampler::new(10, Sampling::WithoutReplacement { size: 4 }, 7);
        let mut count = [0_usize; 10];
        for mut batch in batches(&mut sampler, 1000) {
            assert_eq!(batch.len(), 4);
            batch.iter().for_each(|&i| count[i] += 1);
            batch.sort_unstable();
            batch.dedup();
            assert_eq!(batch.len(), 4, "a sample came twice");
        }
        // 400 expected, standard deviation 15.5
        assert!(count.iter().all(|c| (320..=480).contains(c)), "{count:?}");
    }

    #[test]
    fn with_replacement_samples_are_uniform() {
        let mut sampler = Sampler::new(10, Sampling::OneSample, 7);
        let mut count = [0_usize; 10];
        batches(&mut sampler, 4000)
            .concat()
            .iter()
            .for_each(|&i| count[i] += 1);
        // 400 expected, standard deviation 19
        assert!(count.iter().all(|c| (305..=495).contains(c)), "{count:?}");
    }

    #[test]
    #[should_panic(expected = "n must be >= 1, got 0")]
    fn nothing_to_draw_from() {
        Sampler::new(0, Sampling::Full, 0);
    }

    #[test]
    #[should_panic(expected = "batch size must be in 1..=10 (there are 10 samples), got 0")]
    fn empty_epoch_batches() {
        Sampler::new(10, Sampling::Epochs { size: 0 }, 0);
    }

    #[test]
    #[should_panic(expected = "batch size must be >= 1, got 0")]
    fn empty_batches() {
        Sampler::new(10, Sampling::WithReplacement { size: 0 }, 0);
    }

    #[test]
    #[should_panic(expected = "batch size must be in 1..=10 (there are 10 samples), got 11")]
    fn more_than_there_are() {
        Sampler::new(10, Sampling::WithoutReplacement { size: 11 }, 0);
    }
}
