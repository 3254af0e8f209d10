//! A number's field. What is typed stays as it was typed; only a number that makes sense is taken. Any other is answered
//! with a sentence, and what held before it was typed holds again.

use std::ops::RangeInclusive;
use std::rc::Rc;
use std::time::Duration;

use leptos::html;
use leptos::prelude::*;

use crate::scenario::Scenario;
use crate::scenario::dial::Dial;
use crate::ui::dynamic::{Flag, aria, effect, text};
use crate::ui::playground::Playground;
use crate::ui::state::{Derived, State};

/// Who types 30 has typed 3 on the way. What is refused is answered after such a pause, or once the typing is over.
const PAUSE: Duration = Duration::from_millis(500);

/// Reads a number out of a scenario.
type Reading = Box<dyn Fn(&Scenario) -> Option<u32> + Send + Sync>;

/// Puts a number into a scenario.
type Writing = Rc<dyn Fn(&mut Scenario, u32)>;

/// A spin button. `set` gets each number that makes sense as it is typed.
#[component]
pub(super) fn NumberField(
    id: &'static str,
    /// The accessible name.
    name: &'static str,
    /// The numbers that make sense.
    range: RangeInclusive<u32>,
    /// The dial that it sets, which has words of its own for what makes none.
    dial: Option<Dial>,
    /// The number in the scenario; `None` while it is switched off.
    value: Reading,
    /// Whether it may be changed now.
    disabled: Flag,
    /// Takes a new number.
    set: Writing,
) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let (least, most) = (*range.start(), *range.end());
    let field = NodeRef::<html::Input>::new();
    let refusal = State::new(String::new());
    // Of this number alone: what was typed and refused stays, whatever else is changed meanwhile.
    let number = Derived::new(move || playground.scenario.with(&value));
    let unset = dial.and_then(Dial::first).unwrap_or_default();
    // What held before the typing began. Who types 6000 where 5000 is the most has typed 600 on the way, and does not
    // mean it.
    let before = StoredValue::new(None);
    // What this field has set itself: that is no reason to write it anew.
    let set_here = StoredValue::new(None);
    // What stands in the field was refused.
    let is_refused = StoredValue::new(false);
    // The answer that is due, and the timer that will give it.
    let due = StoredValue::new(None::<(String, TimeoutHandle)>);
    let answer = move |sentence: String, at_once: bool| {
        if let Some((_, timer)) = due.try_update_value(Option::take).flatten() {
            timer.clear();
        }
        // One that stands there is not to stay when another is true.
        if at_once || sentence.is_empty() || refusal.with_untracked(|said| !said.is_empty()) {
            refusal.renew(sentence);
            return;
        }
        let later = sentence.clone();
        let give = move || {
            due.set_value(None);
            refusal.set(later);
        };
        match set_timeout_with_handle(give, PAUSE) {
            Ok(timer) => due.set_value(Some((sentence, timer))),
            Err(_) => refusal.set(sentence),
        }
    };
    on_cleanup(move || answer(String::new(), true));
    let read = move |typed: String| {
        let held = before
            .get_value()
            .or(number.get_untracked())
            .unwrap_or(unset);
        before.set_value(Some(held));
        // What is no number at all is beyond all ranges.
        let typed = typed.trim().parse().unwrap_or(u32::MAX);
        let sentence = match dial {
            Some(dial) => dial.refusal(typed),
            None if (least..=most).contains(&typed) => None,
            None => Some(format!("Whole numbers from {least} to {most}.")),
        };
        let sentence = sentence.or_else(|| {
            let table = playground.running.get_untracked().table()?;
            playground.scenario.with_untracked(|now| {
                // What it would take the place of, which is not the half of it that may hold while it is typed.
                let (mut before, mut after) = (now.clone(), now.clone());
                set(&mut before, held);
                set(&mut after, typed);
                (table.contradicts)(&before, &after, name)
            })
        });
        let (chosen, sentence) = match sentence {
            None => (typed, String::new()),
            Some(sentence) => (held, format!("{sentence} It stays at {held}.")),
        };
        set_here.set_value(Some(chosen));
        is_refused.set_value(!sentence.is_empty());
        answer(sentence, false);
        // What is as it was needs no new picture.
        if number.get_untracked() != Some(chosen) {
            playground.set(|scenario| set(scenario, chosen));
        }
    };
    effect(move || {
        let (number, field) = (number.get(), field.get());
        if number.is_some() && number == set_here.get_value() {
            return;
        }
        before.set_value(None);
        set_here.set_value(None);
        is_refused.set_value(false);
        answer(String::new(), true);
        if let Some(field) = field {
            field.set_value(&number.unwrap_or(unset).to_string());
        }
    });
    // Once the other limit was changed, as the sentence asks, what was refused can make sense.
    let judge = read.clone();
    effect(move || {
        playground.scenario.with(|_| ());
        // A number that was set elsewhere takes the place of what was typed.
        let is_its_own = number.get_untracked() == set_here.get_value();
        if let Some(field) = field.get_untracked()
            && is_refused.get_value()
            && is_its_own
        {
            judge(field.value());
        }
    });
    view! {
        <input
            class="numbox num"
            id=id
            type="number"
            inputmode="numeric"
            aria-label=name
            min=least
            max=most
            disabled=disabled
            aria-invalid=aria(move || !refusal.with(String::is_empty))
            node_ref=field
            on:input:target=move |event| read(event.target().value())
            // With the field's own change the typing is over.
            on:change=move |_| {
                before.set_value(None);
                if let Some((sentence, _)) = due.get_value() {
                    answer(sentence, true);
                }
            }
        />
        <span class="wrong" role="alert">{text(move || refusal.get())}</span>
    }
}
