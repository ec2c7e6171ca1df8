//! The arrays an update rule keeps between steps.

use ndarray::{Array1, ArrayRef1};

use crate::Float;

/// Panics unless a rows×cols matrix has entries.
#[track_caller]
pub(super) fn assert_shape(rows: usize, cols: usize) {
    assert!(
        rows > 0 && cols > 0,
        "rows and cols must be >= 1, got {rows}x{cols}; give the shape of one matrix"
    );
}

/// One number per parameter: at the first step zeros (or another number), then what the rule left.
#[derive(Clone, Debug)]
pub(super) struct Buffer<F>(Option<Array1<F>>);

impl<F> Default for Buffer<F> {
    fn default() -> Self {
        Self(None)
    }
}

impl<F: Float> Buffer<F> {
    /// True until [`Buffer::like`] is called.
    pub(super) fn is_unused(&self) -> bool {
        self.0.is_none()
    }

    /// The array, if there is one yet.
    pub(super) fn get(&self) -> Option<&Array1<F>> {
        self.0.as_ref()
    }

    /// The array, of the length of `x`; allocated if this is the first call.
    pub(super) fn like(&mut self, x: &ArrayRef1<F>) -> &mut Array1<F> {
        self.like_from(x, F::zero())
    }

    /// As [`Buffer::like`], with `first` in the place of the zeros.
    pub(super) fn like_from(&mut self, x: &ArrayRef1<F>, first: F) -> &mut Array1<F> {
        let buffer = self
            .0
            .get_or_insert_with(|| Array1::from_elem(x.len(), first));
        assert!(
            buffer.len() == x.len(),
            "the optimizer's state has length {}, but x has length {}; \
             call reset() before another problem",
            buffer.len(),
            x.len()
        );
        buffer
    }

    /// Back to the state before the first step.
    pub(super) fn clear(&mut self) {
        self.0 = None;
    }
}
