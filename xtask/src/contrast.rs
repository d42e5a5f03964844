//! Contrast of the tokens, by the formulas of WCAG 2.2 and CSS Color 4.

use std::collections::BTreeMap;

const TOKENS: &str = include_str!("../../style/_tokens.scss");

/// Red, green and blue, linear, each from 0 to 1.
type Colour = [f64; 3];

/// The opaque colours that a theme's mixin names.
fn theme(name: &str) -> BTreeMap<&'static str, Colour> {
    let (_, rest) = TOKENS.split_once(&format!("@mixin {name} {{")).unwrap_or_default();
    let (body, _) = rest.split_once("\n}").unwrap_or_default();
    body.lines().filter_map(declared).collect()
}

fn declared(line: &'static str) -> Option<(&'static str, Colour)> {
    let (name, value) = line.trim().strip_prefix("--")?.split_once(": oklch(")?;
    let numbers: Vec<f64> = value
        .strip_suffix(");")?
        .split_whitespace()
        .filter_map(|number| number.parse().ok())
        .collect();
    let [lightness, chroma, hue] = numbers[..] else {
        return None;
    };
    Some((name, linear(lightness, chroma, hue)))
}

/// CSS Color 4, "Sample code for color conversions": OKLCH to linear sRGB.
fn linear(lightness: f64, chroma: f64, hue: f64) -> Colour {
    let (b, a) = hue.to_radians().sin_cos();
    let (a, b) = (a * chroma, b * chroma);
    let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548 * b).powi(3);
    [
        4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
        -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
        -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701 * s,
    ]
    .map(shown)
}

/// As a screen shows it: within its range, in one of 256 steps.
fn shown(linear: f64) -> f64 {
    let linear = linear.clamp(0.0, 1.0);
    let encoded = if linear <= 0.003_130_8 {
        12.92 * linear
    } else {
        1.055 * linear.powf(1.0 / 2.4) - 0.055
    };
    let step = (encoded * 255.0).round() / 255.0;
    if step <= 0.040_45 {
        step / 12.92
    } else {
        ((step + 0.055) / 1.055).powf(2.4)
    }
}

/// WCAG 2.2, "contrast ratio".
fn contrast(one: Colour, other: Colour) -> f64 {
    let luminance = |[red, green, blue]: Colour| 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
    let (one, other) = (luminance(one), luminance(other));
    one.max(other) / one.min(other)
}

/// What pages, parts and notices lie on.
const GROUNDS: &[&str] = &[
    "paper",
    "sheet",
    "shade",
    "green-wash",
    "brass-wash",
    "brick-wash",
    "slate-wash",
    "clay-wash",
];

/// What stands on what, with the least contrast it may have.
const PAIRS: &[(&[&str], &[&str], f64)] = &[
    // Text.
    (
        &["ink", "ink-2", "ink-3", "green", "green-strong", "brass-ink", "brick"],
        GROUNDS,
        4.5,
    ),
    (&["slate-ink"], &["slate-wash"], 4.5),
    (&["clay-ink"], &["clay-wash"], 4.5),
    (&["on-green"], &["green", "green-strong"], 4.5),
    (&["on-brick"], &["brick"], 4.5),
    (&["paper"], &["ink"], 4.5),
    // Controls, focus and what a drawing says.
    (&["edge", "focus", "green", "brass", "brick"], GROUNDS, 3.0),
];

#[test]
fn text_and_controls_stand_out_in_both_themes() {
    let mut faint = Vec::new();
    let mut pairs = 0;
    for name in ["light", "dark"] {
        let colours = theme(name);
        for (fronts, backs, least) in PAIRS {
            for (front, back) in fronts
                .iter()
                .flat_map(|front| backs.iter().map(move |back| (front, back)))
            {
                let (Some(one), Some(other)) = (colours.get(front), colours.get(back)) else {
                    panic!("{name} has no --{front} or no --{back}")
                };
                let ratio = contrast(*one, *other);
                pairs += 1;
                if ratio < *least {
                    faint.push(format!("{name}: --{front} on --{back} {ratio:.2}, at least {least}"));
                }
            }
        }
    }
    assert!(faint.is_empty(), "{faint:#?}");
    assert_eq!(pairs, 2 * 102);
}

#[test]
fn the_formulas_give_what_the_standards_say() {
    let (white, black) = (linear(1.0, 0.0, 0.0), linear(0.0, 0.0, 0.0));
    assert!((contrast(white, black) - 21.0).abs() < 0.001);
    // #767676 on white, the known edge of 4.5.
    let grey = linear(0.566, 0.0, 0.0);
    assert!((contrast(white, grey) - 4.54).abs() < 0.01, "{}", contrast(white, grey));
}
