//! Sums in sixteen fixed lanes: they vectorise, and give the same result on every processor.

use crate::Float;

pub(crate) const LANES: usize = 16;

/// The sum of the lanes, in halves.
#[inline(always)]
pub(crate) fn total<F: Float>(mut lanes: [F; LANES]) -> F {
    let mut width = LANES / 2;
    while width > 0 {
        for l in 0..width {
            lanes[l] += lanes[l + width];
        }
        width /= 2;
    }
    lanes[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lane_counts_once() {
        assert_eq!(
            total(std::array::from_fn::<f64, LANES, _>(|l| (1 << l) as f64)),
            65535.0
        );
    }
}
