//! C ← C + AB with sums in a fixed order.

use ndarray::{ArrayRef2, ArrayView2, Axis};

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
        let m = self.c.ncols();
        for (a, mut c) in self.a.axis_iter(Axis(0)).zip(self.c.axis_iter_mut(Axis(0))) {
            let c = c.as_slice_mut().expect("the rows of c are contiguous");
            // Four rows of B at a time: each entry of C is then read and written a quarter as often.
            let fours = self.b.chunks_exact(4 * m.max(1));
            let rest = fours.remainder();
            let mut k = 0;
            for rows in fours {
                let (b0, rows) = rows.split_at(m);
                let (b1, rows) = rows.split_at(m);
                let (b2, b3) = rows.split_at(m);
                let [a0, a1, a2, a3] = [a[k], a[k + 1], a[k + 2], a[k + 3]];
                for j in 0..m {
                    c[j] = c[j] + a0 * b0[j] + a1 * b1[j] + a2 * b2[j] + a3 * b3[j];
                }
                k += 4;
            }
            for b in rest.chunks_exact(m.max(1)) {
                let a = a[k];
                for (c, &b) in c.iter_mut().zip(b) {
                    *c += a * b;
                }
                k += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array2, array};

    #[test]
    fn shapes_of_every_remainder() {
        for (n, k, m) in [(1, 1, 1), (2, 3, 5), (3, 4, 2), (5, 9, 7), (2, 8, 17)] {
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
