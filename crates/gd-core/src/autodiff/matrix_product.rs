//! C ← C + AB with sums in a fixed order.

use ndarray::{ArrayRef2, ArrayView1, ArrayView2};

use crate::Float;

/// C ← C + AB, with A n×k, B k×m and C n×m; the rows of B and C are contiguous.
///
/// Every entry of C adds its k products one after the other, without fused multiply-adds: so the
/// result is the same on every processor and in the browser. (ndarray's `dot` is faster for large
/// matrices, but fuses where the processor can; a training run of a thousand steps shows it.)
pub(crate) fn add_product<F: Float>(a: ArrayView2<'_, F>, b: &ArrayRef2<F>, c: &mut ArrayRef2<F>) {
    let (n, k) = a.dim();
    assert!(
        b.nrows() == k && c.dim() == (n, b.ncols()),
        "cannot multiply {n}x{k} by {}x{} into {}x{}",
        b.nrows(),
        b.ncols(),
        c.nrows(),
        c.ncols()
    );
    let b = b.as_slice().expect("b is in standard layout");
    pulp::Arch::new().dispatch(Product { a, b, c });
}

struct Product<'a, F> {
    a: ArrayView2<'a, F>,
    b: &'a [F],
    c: &'a mut ArrayRef2<F>,
}

// Not a closure, which is inlined (and so compiled for wide instructions) only while it is small.
impl<F: Float> pulp::NullaryFnOnce for Product<'_, F> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        for (a, mut c) in self.a.rows().into_iter().zip(self.c.rows_mut()) {
            let c = c.as_slice_mut().expect("the rows of c are contiguous");
            let mut j = columns::<F, 16>(a, self.b, c, 0);
            j = columns::<F, 8>(a, self.b, c, j);
            j = columns::<F, 4>(a, self.b, c, j);
            j = columns::<F, 2>(a, self.b, c, j);
            columns::<F, 1>(a, self.b, c, j);
        }
    }
}

/// One row of the product from column `j` on, as far as W columns at a time go: their sums stay in
/// registers. Returns the first column that is left.
#[inline(always)]
fn columns<F: Float, const W: usize>(
    a: ArrayView1<'_, F>,
    b: &[F],
    c: &mut [F],
    mut j: usize,
) -> usize {
    let m = c.len();
    while let Some(c) = c.get_mut(j..).and_then(|rest| rest.first_chunk_mut::<W>()) {
        let mut sums = *c;
        for (&a, row) in a.iter().zip(b.chunks_exact(m)) {
            // Arrays of a known length: with slices the sums would be checked and kept one by one.
            let row = row[j..].first_chunk::<W>().expect("b is as wide as c");
            sums = std::array::from_fn(|w| sums[w] + a * row[w]);
        }
        *c = sums;
        j += W;
    }
    j
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array2, array};

    #[test]
    fn shapes_of_every_remainder() {
        for (n, k, m) in [(1, 1, 1), (2, 3, 5), (3, 4, 2), (5, 9, 7), (2, 8, 31)] {
            let a = Array2::from_shape_fn((n, k), |(i, j)| (i * 7 + j * 3) as f64 - 5.0);
            let b = Array2::from_shape_fn((k, m), |(i, j)| (i * 2 + j * 5) as f64 - 9.0);
            let mut c = Array2::ones((n, m));
            add_product(a.view(), &b, &mut c);
            assert_eq!(c, a.dot(&b) + 1.0, "{n} {k} {m}");
        }
    }

    #[test]
    fn the_left_factor_may_be_transposed() {
        let a = array![[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]];
        let b = array![[1.0], [10.0], [100.0]];
        let mut c = Array2::zeros((2, 1));
        add_product(a.t(), &b, &mut c);
        assert_eq!(c, array![[531.0], [642.0]]);
    }

    #[test]
    #[should_panic(expected = "cannot multiply 1x2 by 3x1 into 1x1")]
    fn shapes_that_do_not_fit() {
        let (a, b, mut c) = (
            array![[1.0, 2.0]],
            array![[1.0], [2.0], [3.0]],
            array![[0.0]],
        );
        add_product(a.view(), &b, &mut c);
    }
}
