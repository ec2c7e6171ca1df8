//! Where training starts: random weights of the right size.

use ndarray::{Array2, ArrayViewMut2, Axis};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use crate::{Float, check, data::normal};

/// How the weights of a layer are drawn, `torch.nn.init`. W is out×in, with fan_in inputs and
/// fan_out outputs.
///
/// ```
/// use gd_core::init::Initializer;
/// use ndarray::Array2;
/// use rand::SeedableRng;
/// use rand_chacha::ChaCha8Rng;
///
/// let mut w = Array2::<f64>::zeros((200, 50));
/// Initializer::HeNormal.fill(w.view_mut(), &mut ChaCha8Rng::seed_from_u64(1));
/// assert!((w.std(0.0) - (2.0_f64 / 50.0).sqrt()).abs() < 0.01);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Initializer {
    /// All 0: with it, all units of a layer stay equal for ever.
    Zeros,
    /// All the same number: the same fate.
    Constant(f64),
    /// N(0, std²).
    Normal {
        /// The standard deviation, ≥ 0.
        std: f64,
    },
    /// U(−bound, bound).
    Uniform {
        /// The greatest absolute value, ≥ 0.
        bound: f64,
    },
    /// N(0, gain²·2/(fan_in + fan_out)). Glorot and Bengio, “Understanding the difficulty of training
    /// deep feedforward neural networks”, AISTATS 2010.
    XavierNormal {
        /// 1 for linear layers and, in the paper, for tanh; PyTorch advises 5/3 for tanh.
        gain: f64,
    },
    /// U(−a, a) with a = gain·√(6/(fan_in + fan_out)): of the same variance.
    XavierUniform {
        /// As for [`Initializer::XavierNormal`].
        gain: f64,
    },
    /// N(0, 2/fan_in), for ReLU. He et al., “Delving Deep into Rectifiers”, ICCV 2015,
    /// arXiv:1502.01852. PyTorch calls it Kaiming.
    HeNormal,
    /// U(−a, a) with a = √(6/fan_in): of the same variance.
    HeUniform,
    /// gain·Q with orthonormal rows or columns, whichever are fewer, drawn uniformly from all such
    /// Q. Saxe, McClelland and Ganguli, ICLR 2014, arXiv:1312.6120.
    Orthogonal {
        /// The factor by which lengths change.
        gain: f64,
    },
}

impl Initializer {
    /// Fills `w`, out×in. What is drawn is drawn in `f64`, row by row, and then rounded.
    ///
    /// # Panics
    /// If `w` is empty, or if a standard deviation, bound or gain is negative or not finite.
    #[track_caller]
    pub fn fill<F: Float>(self, mut w: ArrayViewMut2<'_, F>, rng: &mut ChaCha8Rng) {
        let (fan_out, fan_in) = w.dim();
        assert!(
            !w.is_empty(),
            "the weights must not be empty, got {fan_out}x{fan_in}; give every layer a unit"
        );
        let (fan_in, fans) = (fan_in as f64, (fan_in + fan_out) as f64);
        match self {
            Self::Zeros => w.fill(F::zero()),
            Self::Constant(c) => {
                check::all_finite("constant", &[c], "weights must be finite");
                w.fill(F::of(c));
            }
            Self::Normal { std } => {
                check::non_negative("std", std, "0.01 is small, 1 is large");
                w.mapv_inplace(|_| F::of(std * normal::<f64>(rng)));
            }
            Self::Uniform { bound } => {
                check::non_negative("bound", bound, "0.1 is usual");
                w.mapv_inplace(|_| F::of(bound * (2.0 * rng.random::<f64>() - 1.0)));
            }
            Self::XavierNormal { gain } => {
                check::non_negative("gain", gain, "1 is the default");
                let std = gain * (2.0 / fans).sqrt();
                Self::Normal { std }.fill(w, rng);
            }
            Self::XavierUniform { gain } => {
                check::non_negative("gain", gain, "1 is the default");
                let bound = gain * (6.0 / fans).sqrt();
                Self::Uniform { bound }.fill(w, rng);
            }
            Self::HeNormal => {
                let std = (2.0 / fan_in).sqrt();
                Self::Normal { std }.fill(w, rng);
            }
            Self::HeUniform => {
                let bound = (6.0 / fan_in).sqrt();
                Self::Uniform { bound }.fill(w, rng);
            }
            Self::Orthogonal { gain } => {
                check::non_negative("gain", gain, "1 is the default");
                let (rows, columns) = w.dim();
                let q = orthonormal_rows(rows.min(columns), rows.max(columns), rng);
                let q = if rows <= columns { q.view() } else { q.t() };
                w.zip_mut_with(&q, |w, &q| *w = F::of(gain * q));
            }
        }
    }
}

/// `rows` ≤ `columns` orthonormal rows: a Gaussian matrix by Gram and Schmidt, which (unlike a QR
/// decomposition of any signs) leaves the rows uniformly distributed.
fn orthonormal_rows(rows: usize, columns: usize, rng: &mut ChaCha8Rng) -> Array2<f64> {
    let mut q = Array2::from_shape_simple_fn((rows, columns), || normal::<f64>(rng));
    for i in 0..rows {
        let (before, mut rest) = q.view_mut().split_at(Axis(0), i);
        let mut row = rest.row_mut(0);
        // Twice: the first time leaves rounding errors of the size of what was taken away.
        for _ in 0..2 {
            for earlier in before.rows() {
                let share = earlier.dot(&row);
                row.scaled_add(-share, &earlier);
            }
        }
        let norm = row.dot(&row).sqrt();
        row /= norm;
    }
    q
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    fn drawn(initializer: Initializer, rows: usize, columns: usize) -> Array2<f64> {
        let mut w = Array2::from_elem((rows, columns), 9.0);
        initializer.fill(w.view_mut(), &mut ChaCha8Rng::seed_from_u64(3));
        w
    }

    #[test]
    fn means_and_deviations_are_as_documented() {
        let (rows, columns) = (300, 100);
        for (initializer, std) in [
            (Initializer::Normal { std: 0.3 }, 0.3),
            (Initializer::Uniform { bound: 0.3 }, 0.3 / 3.0_f64.sqrt()),
            (
                Initializer::XavierNormal { gain: 2.0 },
                2.0 * (2.0 / 400.0_f64).sqrt(),
            ),
            (
                Initializer::XavierUniform { gain: 2.0 },
                2.0 * (2.0 / 400.0_f64).sqrt(),
            ),
            (Initializer::HeNormal, (2.0 / 100.0_f64).sqrt()),
            (Initializer::HeUniform, (2.0 / 100.0_f64).sqrt()),
            (
                Initializer::Orthogonal { gain: 1.0 },
                (1.0 / 300.0_f64).sqrt(),
            ),
        ] {
            let w = drawn(initializer, rows, columns);
            // 30,000 draws: three standard errors of the mean are 1.7 % of the deviation.
            assert!(w.mean().unwrap().abs() < 0.02 * std, "{initializer:?}");
            assert!(
                (w.std(0.0) / std - 1.0).abs() < 0.02,
                "{initializer:?}: {}",
                w.std(0.0)
            );
            assert_eq!(w, drawn(initializer, rows, columns));
        }
        let bound = drawn(Initializer::Uniform { bound: 0.3 }, rows, columns);
        assert!(bound.iter().all(|w| w.abs() <= 0.3));
        assert_eq!(
            drawn(Initializer::Zeros, 2, 3),
            Array2::<f64>::zeros((2, 3))
        );
        assert_eq!(
            drawn(Initializer::Constant(0.5), 1, 2),
            ndarray::array![[0.5, 0.5]]
        );
    }

    #[test]
    fn orthogonal_is_orthogonal() {
        for (rows, columns) in [(4, 9), (9, 4), (6, 6)] {
            let w = drawn(Initializer::Orthogonal { gain: 2.0 }, rows, columns);
            let gram = if rows <= columns {
                w.dot(&w.t())
            } else {
                w.t().dot(&w)
            };
            let error = gram - Array2::<f64>::eye(rows.min(columns)) * 4.0;
            assert!(error.iter().all(|e| e.abs() < 1e-14), "{error}");
        }
    }

    #[test]
    fn single_precision_is_the_rounded_double() {
        let mut w = Array2::<f32>::zeros((5, 4));
        Initializer::HeNormal.fill(w.view_mut(), &mut ChaCha8Rng::seed_from_u64(3));
        assert_eq!(w, drawn(Initializer::HeNormal, 5, 4).mapv(|v| v as f32));
    }

    #[test]
    #[should_panic(expected = "std must be finite and >= 0, got -1")]
    fn negative_deviation() {
        drawn(Initializer::Normal { std: -1.0 }, 1, 1);
    }
}
