//! The colours of the waits hold for those who see fewer colours, in both themes: computed from `style/tokens.css`.
//!
//! Colour vision deficiencies are simulated at their full strength by the matrices of Machado, Oliveira, Fernandes, “A
//! Physiologically-based Model for Simulation of Color Vision Deficiency” (2009); tritanopia also by the two half-planes of
//! Brettel, Viénot, Mollon, “Computerized simulation of color appearance for dichromats” (1997). Differences are CIEDE2000.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may")]

use crawl_playground::engine::wait::{State, Wait};
use crawl_playground::timeline::hatch::hatch;
use palette::color_difference::{Ciede2000, Wcag21RelativeContrast};
use palette::{FromColor, Lab, LinSrgb, Srgb};

/// Two kinds of work look the same but for their colour: about five times what can just be told apart side by side.
const LEAST_SOLID: f64 = 11.5;
/// Waits that one bar may show side by side differ in their pattern too.
const LEAST_BESIDE: f64 = 7.5;
/// WCAG 2.2, 1.4.11: what is needed to understand a graphic.
const LEAST_CONTRAST: f64 = 3.0;

type Matrix = [[f64; 3]; 3];

const PROTAN: Matrix = [
    [0.152_286, 1.052_583, -0.204_868],
    [0.114_503, 0.786_281, 0.099_216],
    [-0.003_882, -0.048_116, 1.051_998],
];
const DEUTAN: Matrix = [
    [0.367_322, 0.860_646, -0.227_968],
    [0.280_085, 0.672_501, 0.047_413],
    [-0.011_820, 0.042_940, 0.968_881],
];
const TRITAN: Matrix = [
    [1.255_528, -0.076_749, -0.178_779],
    [-0.078_411, 0.930_809, 0.147_602],
    [0.004_733, 0.691_367, 0.303_900],
];
/// Brettel's half-planes for tritanopia in linear sRGB, and the normal of the plane between them.
const TRITAN_HALVES: [Matrix; 2] = [
    [
        [1.012_77, 0.135_48, -0.148_26],
        [-0.012_43, 0.868_12, 0.144_31],
        [0.075_89, 0.805_00, 0.119_11],
    ],
    [
        [0.936_78, 0.189_79, -0.126_57],
        [0.061_54, 0.815_26, 0.123_20],
        [-0.375_62, 1.127_67, 0.247_96],
    ],
];
const TRITAN_PLANE: [f64; 3] = [0.039_01, -0.027_88, -0.011_13];

const EYES: [&str; 5] = [
    "all colours",
    "protanopia",
    "deuteranopia",
    "tritanopia (Machado)",
    "tritanopia (Brettel)",
];

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// What `colour` looks like to these eyes.
fn seen(eyes: &str, colour: Srgb<f64>) -> Lab<palette::white_point::D65, f64> {
    let linear: [f64; 3] = colour.into_linear::<f64>().into();
    let matrix = match eyes {
        "protanopia" => PROTAN,
        "deuteranopia" => DEUTAN,
        "tritanopia (Machado)" => TRITAN,
        "tritanopia (Brettel)" => TRITAN_HALVES[usize::from(dot(TRITAN_PLANE, linear) < 0.0)],
        _ => [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    };
    let linear = matrix.map(|row| dot(row, linear).clamp(0.0, 1.0));
    Lab::from_color(LinSrgb::from(linear))
}

/// The least difference between two colours, to any eyes, and to which.
fn least(a: Srgb<f64>, b: Srgb<f64>) -> (f64, &'static str) {
    let to = |eyes| seen(eyes, a).difference(seen(eyes, b));
    EYES.map(|eyes| (to(eyes), eyes))
        .into_iter()
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .unwrap()
}

/// A variable of the style in the light theme (0) or the dark one (1).
fn colour(name: &str, theme: usize) -> Srgb<f64> {
    let style = include_str!("../style/tokens.css");
    let (_, after) = style.split_once(&format!("--{name}: light-dark(")).unwrap();
    let (both, _) = after.split_once(')').unwrap();
    let hex = both.split(", ").nth(theme).unwrap();
    let colour: Srgb<u8> = hex.parse().unwrap();
    colour.into_format()
}

/// All pairs of waits, with their colours' names.
fn pairs() -> impl Iterator<Item = (Wait, Wait)> {
    Wait::ALL.into_iter().flat_map(|a| {
        let behind = Wait::ALL.into_iter().filter(move |b| *b > a);
        behind.map(move |b| (a, b))
    })
}

fn stand_side_by_side(a: Wait, b: Wait) -> bool {
    State::In(a).may_become(State::In(b)) || State::In(b).may_become(State::In(a))
}

#[test]
fn the_simulations_are_those_of_their_papers() {
    let near = |eyes, colour: &str, other: &str| {
        let [a, b] = [colour, other].map(|hex| hex.parse::<Srgb<u8>>().unwrap().into_format());
        seen(eyes, a).difference(seen(eyes, b))
    };
    for eyes in EYES {
        // Grey stays grey: each row of a matrix sums to one.
        let grey = Srgb::new(0.5, 0.5, 0.5);
        let off = seen(eyes, grey).difference(Lab::from_color(grey.into_linear::<f64>()));
        assert!(off < 0.1, "{eyes}: {off}");
    }
    // Red and a green as light as it fall together for those who lack red or green cones, blue and teal for the third kind.
    assert!(near("all colours", "#c04040", "#4f7f20") > 40.0);
    assert!(near("deuteranopia", "#c04040", "#817020") < 15.0);
    assert!(near("tritanopia (Brettel)", "#2b6cb0", "#0e7a7d") < 5.0);
    assert!(near("all colours", "#2b6cb0", "#0e7a7d") > 20.0);
}

#[test]
fn kinds_of_work_differ_to_all_eyes() {
    for theme in [0, 1] {
        for (a, b) in pairs().filter(|(a, b)| hatch(*a) == hatch(*b)) {
            let (difference, eyes) = least(colour(a.key(), theme), colour(b.key(), theme));
            assert!(
                difference >= LEAST_SOLID,
                "{} and {} differ by {difference:.1} with {eyes} in theme {theme}",
                a.name(),
                b.name()
            );
        }
    }
}

#[test]
fn what_one_bar_may_show_side_by_side_differs_to_all_eyes() {
    for theme in [0, 1] {
        for (a, b) in pairs().filter(|(a, b)| stand_side_by_side(*a, *b)) {
            let (difference, eyes) = least(colour(a.key(), theme), colour(b.key(), theme));
            assert!(
                difference >= LEAST_BESIDE,
                "{} and {} differ by {difference:.1} with {eyes} in theme {theme}",
                a.name(),
                b.name()
            );
        }
    }
}

#[test]
fn bars_and_lines_stand_out_from_the_ground() {
    let lines = ["text", "muted", "accent", "bad", "edge"];
    let bars = Wait::ALL.map(Wait::key);
    for theme in [0, 1] {
        for (name, ground) in bars
            .into_iter()
            .chain(lines)
            .flat_map(|name| ["panel", "ground"].map(|ground| (name, ground)))
        {
            let contrast = colour(name, theme).relative_contrast(colour(ground, theme));
            assert!(
                contrast >= LEAST_CONTRAST,
                "{name} on {ground}: {contrast:.2} in theme {theme}"
            );
        }
    }
}

#[test]
fn each_wait_has_a_pattern_of_its_own_and_work_has_none() {
    for (a, b) in pairs() {
        let (one, other) = (hatch(a), hatch(b));
        assert_eq!(one == other, a.is_work() && b.is_work(), "{a:?} and {b:?}");
        assert_eq!(one.is_none(), a.is_work());
    }
}
