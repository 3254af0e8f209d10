//! The link graph: where pages stand, and that they stay there.

use std::collections::HashSet;

use crawl_playground::engine::crawl::rules::Order;
use crawl_playground::results::Results;
use crawl_playground::results::tree::{Grid, MAX_DRAWN, Node, Step, Tree};
use proptest::prelude::*;

use super::watched::watched;
use crate::lab::{limits, rows};
use crate::world::{outlined, whole};

#[test]
fn one_page_with_two_hundred_links_is_two_columns() {
    let crawled = outlined(whole("wide"), limits(8));
    let mut tree = Tree::default();
    tree.advance(&crawled.results);
    assert_eq!(tree.columns(), [1, 200]);
    let node = |column, slot, parent| Node {
        column,
        slot,
        parent,
    };
    assert_eq!(tree.nodes()[0], node(0, 0, None));
    assert_eq!(tree.nodes()[1], node(1, 0, Some(0)));
    assert_eq!(tree.nodes()[200], node(1, 199, Some(0)));

    let grid = Grid::new(800.0, 1);
    assert_eq!((grid.across, grid.column_px), (22, 382.0));
    assert_eq!(grid.place_px(tree.nodes()[0]), (20.0, 48.0));
    assert_eq!(grid.place_px(tree.nodes()[22]), (738.0, 48.0));
    assert_eq!(
        grid.place_px(tree.nodes()[23]),
        (402.0, 64.0),
        "the next line"
    );
    assert_eq!(grid.size_px(&tree), (758.0, 212.0));
}

#[test]
fn a_step_goes_to_parent_child_and_neighbours() {
    let crawled = outlined(whole("wide"), limits(8));
    let mut tree = Tree::default();
    tree.advance(&crawled.results);
    let steps = |from| {
        [Step::Parent, Step::Child, Step::Before, Step::Behind].map(|step| tree.step(from, step))
    };
    assert_eq!(steps(0), [None, Some(1), None, None]);
    assert_eq!(steps(1), [Some(0), None, None, Some(2)]);
    assert_eq!(steps(200), [Some(0), None, Some(199), None]);
    assert_eq!(steps(201), [None; 4], "no such page");
}

#[test]
fn beyond_five_hundred_pages_are_counted() {
    let mut plan = whole("trap");
    plan.rules.max_pages = 700;
    let crawled = outlined(plan, limits(8));
    let pages = crawled.results.pages().len();
    assert!(pages > MAX_DRAWN, "{pages} pages");
    let mut tree = Tree::default();
    tree.advance(&crawled.results);
    assert_eq!(tree.nodes().len(), MAX_DRAWN);
    let more = Tree::more(&crawled.results, &rows(&crawled.run));
    let counted: u32 = more.iter().map(|more| more.count()).sum();
    assert_eq!(counted as usize, pages - MAX_DRAWN);
    assert_eq!(more.iter().map(|more| more.going).sum::<u32>(), 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn places_never_change_while_a_crawl_grows(
        site in prop::sample::select(vec!["small", "wide", "deep", "polite", "mixed", "trap"]),
        every_ms in 5_u64..900,
        at_once in 1_usize..12,
        is_deep_first: bool,
        max_pages in 1_u32..400,
        width_px in 0.0..3_000.0,
        max_depth in 0_u32..200,
    ) {
        let mut plan = whole(site);
        plan.rules.max_pages = max_pages;
        if is_deep_first {
            plan.rules.order = Order::DepthFirst;
        }
        let grid = Grid::new(width_px, max_depth);
        let (mut results, mut tree) = (Results::default(), Tree::default());
        let mut places: Vec<(f64, f64)> = Vec::new();
        watched(plan, limits(at_once), every_ms, |run| {
            results.advance(&run.trace());
            tree.advance(&results);
            let now: Vec<_> = tree.nodes().iter().map(|node| grid.place_px(*node)).collect();
            assert_eq!(now[..places.len()], places, "what was drawn has moved");
            places = now;
        });
        let mut at_once = Tree::default();
        at_once.advance(&results);
        prop_assert_eq!(&at_once, &tree);

        let (width, height) = grid.size_px(&tree);
        let mut taken = HashSet::new();
        for (index, (node, (x, y))) in tree.nodes().iter().zip(&places).enumerate() {
            prop_assert!(taken.insert((node.column, node.slot)), "two pages in one place");
            prop_assert!(*x < width && *y < height);
            prop_assert_eq!(tree.at(&grid, *x, *y), Some(index));
            if let Some(parent) = node.parent {
                prop_assert!((parent as usize) < index);
                prop_assert!(tree.nodes()[parent as usize].column < node.column);
            }
        }
    }
}
