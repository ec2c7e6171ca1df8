//! One formula for every coordinate, in the widest instructions that the processor has.

use ndarray::{Array1, ArrayRef1};

use crate::Float;

/// Calls `rule` with each coordinate of `x`, its gradient and its share of the K state arrays.
///
/// On contiguous arrays the loop is compiled once per instruction set and chosen at run time. All
/// of them add, multiply, divide and take roots exactly rounded and in the same order, so the
/// result does not depend on the processor.
///
/// # Panics
/// If `x` and `grad` differ in length. The state arrays come from `Buffer::like(x)`.
pub(super) fn each_coordinate<F: Float, const K: usize>(
    x: &mut ArrayRef1<F>,
    grad: &ArrayRef1<F>,
    mut state: [&mut Array1<F>; K],
    rule: impl Fn(&mut F, F, [&mut F; K]),
) {
    assert!(
        x.len() == grad.len(),
        "x has length {}, but the gradient has length {}; give one number per parameter",
        x.len(),
        grad.len()
    );
    match (x.as_slice_mut(), grad.as_slice()) {
        (Some(x), Some(grad)) => {
            let state = state.map(|s| s.as_slice_mut().expect("an owned array is contiguous"));
            pulp::Arch::new().dispatch(|| each_in_slices(x, grad, state, rule));
        }
        _ => {
            for i in 0..grad.len() {
                rule(&mut x[i], grad[i], state.each_mut().map(|s| &mut s[i]));
            }
        }
    }
}

#[inline(always)]
fn each_in_slices<F: Float, const K: usize>(
    x: &mut [F],
    grad: &[F],
    state: [&mut [F]; K],
    rule: impl Fn(&mut F, F, [&mut F; K]),
) {
    let n = x.len();
    // Of one length, as the compiler can see now: it drops the bounds checks, and vectorises.
    let grad = &grad[..n];
    let mut state = state.map(|s| &mut s[..n]);
    for i in 0..n {
        rule(&mut x[i], grad[i], state.each_mut().map(|s| &mut s[i]));
    }
}
