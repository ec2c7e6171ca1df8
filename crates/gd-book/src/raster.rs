//! SVG as pixels, for those who cannot read SVG: messengers, home screens, e-book shelves.

use anyhow::{Context, Result, bail};
use resvg::{tiny_skia, usvg};
use std::sync::{Arc, LazyLock};

/// Fonts with Chinese characters that systems come with, or that are easily had.
const CHINESE_FONTS: [&str; 7] = [
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "SimHei",
];

static FONTS: LazyLock<Arc<usvg::fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = usvg::fontdb::Database::new();
    fonts.load_system_fonts();
    Arc::new(fonts)
});

/// A font family of this machine that has Chinese characters.
pub fn chinese_font() -> Result<&'static str> {
    let installed = |family: &&&str| {
        FONTS
            .faces()
            .any(|face| face.families.iter().any(|(name, _)| name == **family))
    };
    match CHINESE_FONTS.iter().find(installed) {
        Some(family) => Ok(family),
        None => bail!(
            "转成 PNG 要有一种中文字体，系统里没有找到；认识的有 {}\n    Debian 和 Ubuntu：apt-get install fonts-noto-cjk",
            CHINESE_FONTS.join("、")
        ),
    }
}

/// The picture as PNG, `scale` times as large. The fonts of the machine are read only if the
/// picture has text.
pub fn png(svg: &str, scale: f32) -> Result<Vec<u8>> {
    let mut options = usvg::Options::default();
    if svg.contains("<text") {
        options.fontdb = FONTS.clone();
    }
    let tree = usvg::Tree::from_str(svg, &options).context("SVG 读不懂")?;
    let size = tree
        .size()
        .to_int_size()
        .scale_by(scale)
        .context("图的尺寸是零")?;
    let mut pixels = tiny_skia::Pixmap::new(size.width(), size.height()).context("图的尺寸是零")?;
    let transform = tiny_skia::Transform::from_scale(scale, scale);
    resvg::render(&tree, transform, &mut pixels.as_mut());
    Ok(pixels.encode_png()?)
}
