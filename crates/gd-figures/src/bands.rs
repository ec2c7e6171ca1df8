//! Heights as colours: bands between levels, from low blue over a neutral middle to high red.
//!
//! A surface and the map beside it show the same bands, so that a colour means one height in
//! both. The colours step evenly in Oklab from the middle to either end. Blue and orange-red stay
//! apart for every kind of colour-blindness; since both ends are equally far from the page in
//! lightness, which end is high is written too: on the axis of heights or on contour lines.

use crate::style::{BANDS, Ink};

/// Heights cut into bands. Band k lies below level k and not below level k − 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Bands {
    levels: Vec<f64>,
}

impl Bands {
    /// As many bands as there are colours, of equal thickness, the lowest from `lo` and the
    /// highest to `hi`.
    ///
    /// # Panics
    /// Unless `lo < hi`.
    pub fn even(lo: f64, hi: f64) -> Self {
        assert!(lo < hi, "bands need lo < hi, got {lo} and {hi}");
        let part = |k: usize| lo + (hi - lo) * k as f64 / BANDS as f64;
        Self::at(&(1..BANDS).map(part).collect::<Vec<f64>>())
    }

    /// Bands parted by these levels; few levels take colours that are far apart.
    ///
    /// # Panics
    /// Unless the levels ascend, and there is at least one and at most one fewer than colours.
    pub fn at(levels: &[f64]) -> Self {
        assert!(
            (1..BANDS).contains(&levels.len()),
            "bands need 1 to {} levels, got {}",
            BANDS - 1,
            levels.len()
        );
        assert!(
            levels.windows(2).all(|pair| pair[0] < pair[1]),
            "levels must ascend, got {levels:?}"
        );
        Bands {
            levels: levels.to_vec(),
        }
    }

    /// The levels between the bands, ascending.
    pub fn levels(&self) -> &[f64] {
        &self.levels
    }

    /// The band in which a height lies.
    pub fn of(&self, height: f64) -> usize {
        self.levels.partition_point(|level| *level <= height)
    }

    /// The ink of band `k`.
    pub fn ink(&self, k: usize) -> Ink {
        let spread = k as f64 / self.levels.len() as f64;
        Ink::Band((spread * (BANDS - 1) as f64).round() as u8)
    }

    /// The same bands with every level moved by an increasing function.
    pub(crate) fn map(&self, f: impl Fn(f64) -> f64) -> Self {
        Self::at(
            &self
                .levels
                .iter()
                .map(|level| f(*level))
                .collect::<Vec<f64>>(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn even_bands_use_every_colour_once() {
        let bands = Bands::even(0.0, 11.0);
        assert_eq!(bands.levels().len(), BANDS - 1);
        for k in 0..BANDS {
            assert_eq!(bands.of(k as f64 + 0.5), k);
            assert_eq!(bands.ink(k), Ink::Band(k as u8));
        }
        assert_eq!((bands.of(-3.0), bands.of(99.0)), (0, BANDS - 1));
    }

    #[test]
    fn few_bands_reach_from_one_end_to_the_other() {
        let bands = Bands::at(&[0.0, 1.0]);
        let inks = [0, 1, 2].map(|k| bands.ink(k));
        assert_eq!(inks, [Ink::Band(0), Ink::Band(5), Ink::Band(10)]);
    }

    #[test]
    #[should_panic(expected = "levels must ascend, got [1.0, 1.0]")]
    fn equal_levels_are_refused() {
        let _ = Bands::at(&[1.0, 1.0]);
    }
}
