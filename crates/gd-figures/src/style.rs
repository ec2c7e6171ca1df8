//! Inks, strokes and type sizes: one meaning, one look, in every figure.
//!
//! A figure never names a colour. It names an [`Ink`], and the page gives the ink its colour
//! through the CSS variables of [`theme_css`], so that a picture follows the page's theme.

use std::fmt::Write as _;

/// Width of the wide form, in css px.
pub const WIDE_PX: f64 = 680.0;
/// Width of the narrow form, in css px: what a 360 px phone leaves between mdBook's margins.
pub const NARROW_PX: f64 = 320.0;
/// Text on a page is never smaller than this, in css px; a form that would be shown so small
/// that its text is, gives way to the other one.
pub const LEAST_TEXT_PX: f64 = 12.0;

/// How many colours heights are shown in.
pub const BANDS: usize = 11;

/// Which of its two forms a figure is drawn in. The page shows one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// About 680 css px wide; panels stand side by side while each keeps 200 px.
    Wide,
    /// 320 css px wide; panels are stacked.
    Narrow,
}

impl Form {
    /// The width of the whole drawing in css px.
    pub fn width(self) -> f64 {
        match self {
            Form::Wide => WIDE_PX,
            Form::Narrow => NARROW_PX,
        }
    }

    /// Type size of ticks, axis titles and labels, in css px. The wide form has one to spare for
    /// pages a little narrower than it is.
    pub fn text_px(self) -> f64 {
        self.pick(13.0, LEAST_TEXT_PX)
    }

    /// Type size of titles, in css px.
    pub fn title_px(self) -> f64 {
        self.text_px() + 1.0
    }

    /// One of two values, by form.
    pub fn pick<T>(self, wide: T, narrow: T) -> T {
        match self {
            Form::Wide => wide,
            Form::Narrow => narrow,
        }
    }
}

/// What a mark means. Every ink has a light and a dark colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Data and functions: blue.
    Data,
    /// The path of a method, and what it arrives at: red-orange.
    Path,
    /// The truth that a method looks for: green, dashed.
    Truth,
    /// First of four curves that are compared.
    First,
    /// Second of four curves that are compared.
    Second,
    /// Third of four curves that are compared.
    Third,
    /// Fourth of four curves that are compared.
    Fourth,
    /// Lines of equal height.
    Contour,
    /// Axis lines.
    Axis,
    /// Grid lines: faint, and the only ink exempt from the contrast rule.
    Grid,
    /// Titles.
    Text,
    /// Ticks, axis titles and remarks.
    Muted,
    /// The page behind the picture: halos and rims.
    Surface,
    /// Heights, from 0 (lowest, blue) to 10 (highest, red). They lie between the page and the
    /// other inks in lightness, so that both lines and text show on them.
    Band(u8),
}

/// Name, light and dark colour of the heights: even steps in Oklab from the middle to both ends.
const BAND: [(&str, u32, u32); BANDS] = [
    ("band-0", 0x418fe1, 0x2784d5),
    ("band-1", 0x68a3e5, 0x2f73b4),
    ("band-2", 0x8bb7e8, 0x336393),
    ("band-3", 0xadcaeb, 0x345274),
    ("band-4", 0xcfddec, 0x334256),
    ("band-5", 0xf1f0ed, 0x303339),
    ("band-6", 0xf3d5cd, 0x523d3c),
    ("band-7", 0xf2bbac, 0x74453e),
    ("band-8", 0xef9f8d, 0x964d3e),
    ("band-9", 0xeb836d, 0xba533b),
    ("band-10", 0xe5654b, 0xde5837),
];

impl Ink {
    /// Every ink, once.
    pub const ALL: [Ink; 13 + BANDS] = [
        Ink::Data,
        Ink::Path,
        Ink::Truth,
        Ink::First,
        Ink::Second,
        Ink::Third,
        Ink::Fourth,
        Ink::Contour,
        Ink::Axis,
        Ink::Grid,
        Ink::Text,
        Ink::Muted,
        Ink::Surface,
        Ink::Band(0),
        Ink::Band(1),
        Ink::Band(2),
        Ink::Band(3),
        Ink::Band(4),
        Ink::Band(5),
        Ink::Band(6),
        Ink::Band(7),
        Ink::Band(8),
        Ink::Band(9),
        Ink::Band(10),
    ];

    /// Name of the CSS variable without `--gd-`, then the light and the dark colour.
    const fn entry(self) -> (&'static str, u32, u32) {
        match self {
            Ink::Data => ("data", 0x0064a2, 0x5bb4f0),
            Ink::Path => ("path", 0xb33600, 0xff8a5c),
            Ink::Truth => ("truth", 0x006b49, 0x4fc79a),
            Ink::First => ("first", 0x00598f, 0x74b8f5),
            Ink::Second => ("second", 0xa84000, 0xf59a55),
            Ink::Third => ("third", 0x86358a, 0xdd98df),
            Ink::Fourth => ("fourth", 0x5f5a00, 0xcfc04a),
            Ink::Contour => ("contour", 0x7486a0, 0x6f7f95),
            Ink::Axis => ("axis", 0x6b747e, 0x8a93a1),
            Ink::Grid => ("grid", 0xe2e5e9, 0x2c313c),
            Ink::Text => ("text", 0x1f2429, 0xd9dce2),
            Ink::Muted => ("muted", 0x4f5862, 0xaab2be),
            Ink::Surface => ("surface", 0xffffff, 0x161923),
            Ink::Band(k) => BAND[k as usize],
        }
    }

    /// The name of its CSS variable, without the leading `--gd-`.
    pub const fn name(self) -> &'static str {
        self.entry().0
    }

    /// Its colour on a light page, as `0xrrggbb`.
    pub const fn light(self) -> u32 {
        self.entry().1
    }

    /// Its colour on a dark page, as `0xrrggbb`.
    pub const fn dark(self) -> u32 {
        self.entry().2
    }

    /// The value of a `fill` or `stroke` attribute: the variable, then the light colour.
    pub fn paint(self) -> String {
        format!("var(--gd-{},#{:06x})", self.name(), self.light())
    }
}

/// The pattern of a line, so that colour is never the only difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dash {
    /// ————
    Solid,
    /// — — —
    Dashed,
    /// — · — ·
    DashDot,
    /// · · · ·
    Dotted,
}

impl Dash {
    /// Lengths in css px of strokes and gaps; round caps lengthen each stroke.
    pub fn pattern(self) -> &'static [f64] {
        match self {
            Dash::Solid => &[],
            Dash::Dashed => &[6.0, 5.0],
            Dash::DashDot => &[9.0, 4.5, 0.5, 4.5],
            Dash::Dotted => &[0.5, 4.5],
        }
    }
}

/// How a line is drawn; the width is in css px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Its ink.
    pub ink: Ink,
    /// Its width in css px.
    pub width: f64,
    /// Its pattern.
    pub dash: Dash,
    /// Its opacity, 0 to 1.
    pub opacity: f64,
}

impl Stroke {
    /// A solid line of the usual width, 1.8 px.
    pub const fn solid(ink: Ink) -> Self {
        Stroke {
            ink,
            width: 1.8,
            dash: Dash::Solid,
            opacity: 1.0,
        }
    }

    /// A solid line of 1.1 px, for contours, tangents and reference lines.
    pub const fn thin(ink: Ink) -> Self {
        Self::solid(ink).width(1.1)
    }

    /// The truth: green and dashed.
    pub const fn truth() -> Self {
        Self::solid(Ink::Truth).dash(Dash::Dashed)
    }

    /// The look of the curve number `i` (0 to 3) of several that are compared.
    ///
    /// # Panics
    /// If `i` is above 3: more curves than that belong in panels of their own.
    pub fn series(i: usize) -> Self {
        let (ink, dash) = [
            (Ink::First, Dash::Solid),
            (Ink::Second, Dash::Dashed),
            (Ink::Third, Dash::DashDot),
            (Ink::Fourth, Dash::Dotted),
        ][i];
        Self::solid(ink).dash(dash)
    }

    /// The same with another width.
    pub const fn width(mut self, width: f64) -> Self {
        self.width = width;
        self
    }

    /// The same with another pattern.
    pub const fn dash(mut self, dash: Dash) -> Self {
        self.dash = dash;
        self
    }

    /// The same with another opacity.
    pub const fn opacity(mut self, opacity: f64) -> Self {
        self.opacity = opacity;
        self
    }
}

/// Lines between the bands of a map and over a surface: what shows the shape, and no more.
pub const MESH: Stroke = Stroke::solid(Ink::Text).width(0.7).opacity(0.3);

/// Declarations of all variables for one theme.
pub(crate) fn variables(dark: bool) -> String {
    let mut css = String::new();
    for ink in Ink::ALL {
        let colour = if dark { ink.dark() } else { ink.light() };
        let _ = write!(css, "--gd-{}:#{colour:06x};", ink.name());
    }
    css
}

/// The style sheet that inline figures need: the variables for mdBook's light themes (light,
/// rust) and dark themes (coal, navy, ayu), and which form shows at which width: the width of
/// the figure where the browser can ask for it, since the sidebar takes its share; else that of
/// the window.
///
/// The surface follows mdBook's own `--bg`, so halos vanish into the page whatever its theme.
pub fn theme_css() -> String {
    let (light, dark) = (variables(false), variables(true));
    let least = (WIDE_PX * LEAST_TEXT_PX / Form::Wide.text_px()).ceil() - 1.0;
    let narrow = "svg.gd-wide{display:none}svg.gd-narrow{display:block}";
    let math = "--gd-math:KaTeX_Math,\"Times New Roman\",serif;";
    format!(
        ":root,html.light,html.rust{{{light}--gd-surface:var(--bg,#fff);{math}}}\n\
         html.rust{{--gd-grid:#c9cac4}}\n\
         html.coal,html.navy,html.ayu{{{dark}--gd-surface:var(--bg,#161923);}}\n\
         svg.gd-figure{{display:block;max-width:100%;height:auto;margin-inline:auto}}\n\
         svg.gd-narrow{{display:none}}\n\
         @media(max-width:719px){{{narrow}}}\n\
         figure.gd-figure{{container-type:inline-size}}\n\
         @container(max-width:{least}px){{{narrow}}}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(colour: u32) -> f64 {
        let channel = |shift: u32| {
            let c = f64::from((colour >> shift) & 0xff) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0)
    }

    fn contrast(a: u32, b: u32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn black_on_white_has_the_largest_contrast() {
        assert!((contrast(0, 0xffffff) - 21.0).abs() < 1e-9);
    }

    #[test]
    fn every_ink_stands_out_on_every_page() {
        // light, rust; coal, navy, ayu
        let light = [0xffffff, 0xe1e1db];
        let dark = [0x141617, 0x161923, 0x0f1419];
        for ink in Ink::ALL {
            let wanted = match ink {
                Ink::Grid | Ink::Surface | Ink::Band(_) => continue,
                Ink::Contour | Ink::Axis => 3.0,
                // curves lend their colour to their labels
                _ => 4.5,
            };
            for page in light {
                // rust's page is grey, and a map has many contour lines
                let wanted = if ink == Ink::Contour && page != 0xffffff {
                    2.7
                } else {
                    wanted
                };
                let ratio = contrast(ink.light(), page);
                assert!(ratio >= wanted, "{ink:?} on #{page:06x}: {ratio:.2}");
            }
            for page in dark {
                let ratio = contrast(ink.dark(), page);
                assert!(ratio >= wanted, "{ink:?} on #{page:06x}: {ratio:.2}");
            }
        }
    }

    /// A colour in Oklab (Ottosson 2020), where distance is about what the eye sees.
    fn oklab(colour: u32) -> [f64; 3] {
        let linear = |shift: u32| {
            let c = f64::from((colour >> shift) & 0xff) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        };
        let [r, g, b] = [16, 8, 0].map(linear);
        let l = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b).cbrt();
        let m = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b).cbrt();
        let s = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b).cbrt();
        [
            0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s,
        ]
    }

    #[test]
    fn heights_step_evenly_away_from_the_middle() {
        for theme in [Ink::light, Ink::dark] {
            let colours: Vec<[f64; 3]> = (0..BANDS as u8)
                .map(|k| oklab(theme(Ink::Band(k))))
                .collect();
            let step = |pair: &[[f64; 3]]| {
                let square = (0..3).map(|i| (pair[0][i] - pair[1][i]).powi(2));
                square.sum::<f64>().sqrt()
            };
            let steps: Vec<f64> = colours.windows(2).map(step).collect();
            for half in [&steps[..BANDS / 2], &steps[BANDS / 2..]] {
                let mean = half.iter().sum::<f64>() / half.len() as f64;
                assert!(mean > 0.05, "{steps:?}");
                assert!(
                    half.iter().all(|s| (s / mean - 1.0).abs() < 0.05),
                    "{steps:?}"
                );
            }
            // blue and yellow stay apart where red and green do not: what tells the ends apart
            assert!(
                colours[0][2] < -0.1 && colours[BANDS - 1][2] > 0.08,
                "{colours:?}"
            );
        }
    }

    #[test]
    fn text_and_paths_show_on_every_height() {
        for k in 0..BANDS as u8 {
            let band = Ink::Band(k);
            for ink in [Ink::Text, Ink::Path] {
                // labels and paths have a rim in the colour of the page besides
                let wanted = if ink == Ink::Text { 2.7 } else { 1.5 };
                let light = contrast(ink.light(), band.light());
                let dark = contrast(ink.dark(), band.dark());
                assert!(
                    light >= wanted && dark >= wanted,
                    "{ink:?} {k}: {light:.2} {dark:.2}"
                );
            }
        }
    }

    #[test]
    fn no_two_inks_share_a_colour() {
        for (i, a) in Ink::ALL.iter().enumerate() {
            for b in &Ink::ALL[i + 1..] {
                assert_ne!(a.light(), b.light(), "{a:?} and {b:?}");
                assert_ne!(a.dark(), b.dark(), "{a:?} and {b:?}");
                assert_ne!(a.name(), b.name());
            }
        }
    }

    #[test]
    fn the_theme_declares_every_variable() {
        let css = theme_css();
        for ink in Ink::ALL {
            assert!(css.contains(&format!("--gd-{}:", ink.name())), "{ink:?}");
        }
        assert!(css.contains("@container(max-width:627px)"), "{css}");
    }
}
