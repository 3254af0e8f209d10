//! The tasks table is the picture's twin: its cells add up.

use crawl_playground::engine::moment::Moment;
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::wait::Wait;
use crawl_playground::report::table::{cells, columns};
use crawl_playground::scenario::preset::Preset;

use super::lab::{self, limits, list, rows};
use super::preset::{lab_presets, run_of_preset};

fn number(cell: &str) -> f64 {
    assert_eq!(
        cell.split('.').nth(1).map(str::len),
        Some(1),
        "one decimal: {cell}"
    );
    cell.parse().unwrap()
}

#[test]
fn the_waits_of_a_row_sum_up_to_its_total_and_end_with_its_bar() {
    for preset in lab_presets() {
        let run = run_of_preset(preset);
        let (rows, trace) = (rows(&run), run.trace());
        for (index, row) in rows.rows().iter().enumerate() {
            let cells = cells(index, row, &trace, rows.last_end());
            let waits = Wait::ALL.into_iter();
            let sum: f64 = waits.map(|wait| number(&cells.wait_ms(wait))).sum();
            assert!((sum - number(&cells.total_ms)).abs() < 1e-6, "{cells:?}");
            let end_ms = row.end_at(Moment::ZERO).as_ms();
            assert!(
                (number(&cells.start_ms) + sum - end_ms).abs() <= 0.05 + 1e-6,
                "{cells:?}"
            );
            assert_eq!(cells.number, (index + 1).to_string());
            assert_eq!(cells.target, trace.read(row.target));
        }
    }
}

#[test]
fn a_wait_that_took_time_has_a_column() {
    for preset in lab_presets() {
        let run = run_of_preset(preset);
        let rows = rows(&run);
        let columns = columns(&rows);
        assert!(
            columns.is_sorted(),
            "in the order in which a task meets them"
        );
        for row in rows.rows() {
            let spent = row.spent_us(rows.last_end());
            let spent = Wait::ALL.into_iter().filter(|wait| spent[wait.index()] > 0);
            assert!(spent.into_iter().all(|wait| columns.contains(&wait)));
        }
    }
    assert!(columns(&rows(&run_of_preset(Preset::KeptPause))).contains(&Wait::Pause));
}

#[test]
fn microseconds_are_rounded_half_up_to_tenths() {
    let run = lab::run(
        Strategy::Sequential,
        limits(1),
        list(["bytes/1234?ms=21&rate=9000"]),
    );
    let (rows, trace) = (rows(&run), run.trace());
    let cells = cells(0, &rows.rows()[0], &trace, rows.last_end());
    assert_eq!(cells.wait_ms(Wait::Request), "21.0");
    assert_eq!(cells.wait_ms(Wait::Download), "137.1");
    assert_eq!(cells.total_ms, "158.1");
    assert_eq!((cells.outcome.as_str(), cells.title.as_str()), ("200", ""));
}

#[test]
fn a_task_that_goes_on_tells_what_it_does() {
    let sim = crawl_playground::sim::Sim::new();
    let run = crawl_playground::engine::run::Run::new(sim.lab(), limits(1));
    let look = async {
        sim.sleep(lab::ms(30)).await;
        let (rows, trace) = (rows(&run), run.trace());
        let now = run.elapsed();
        let cells = [0, 1].map(|index| cells(index, &rows.rows()[index], &trace, now));
        assert_eq!(
            cells.each_ref().map(|cells| cells.outcome.as_str()),
            ["request", "permit"]
        );
        assert_eq!(
            cells.each_ref().map(|cells| cells.total_ms.as_str()),
            ["30.0", "30.0"]
        );
    };
    let go = run.go(Strategy::Semaphore, list(["delay/100", "delay/100"]));
    sim.block_on(futures::future::join(go, look)).unwrap();
}
