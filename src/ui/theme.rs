//! Light, dark, or as the system has it.

use leptos::prelude::*;

use super::dynamic::text;
use super::playground::Playground;
use super::state::State;

const STORED: &str = "crawl-playground.theme";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Theme {
    System,
    Light,
    Dark,
}

impl Theme {
    const fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    fn stored() -> Self {
        let storage = window().local_storage().ok().flatten();
        match storage
            .and_then(|storage| storage.get_item(STORED).ok().flatten())
            .as_deref()
        {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::System,
        }
    }

    fn apply(self) {
        if let Some(root) = document().document_element() {
            let _ = match self {
                Self::System => root.remove_attribute("data-theme"),
                other => root.set_attribute("data-theme", other.name()),
            };
        }
        if let Ok(Some(storage)) = window().local_storage() {
            // A refused storage only means that the choice ends with the visit.
            let _ = storage.set_item(STORED, self.name());
        }
    }
}

/// Goes round the themes.
#[component]
pub(super) fn ThemeButton() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let theme = State::new(Theme::stored());
    theme.get_untracked().apply();
    let turn = move |_| {
        theme.update(|theme| *theme = theme.next());
        theme.get_untracked().apply();
        playground.looks_different();
    };
    view! {
        <button class="ghost" type="button" on:click=turn>
            <span class="wide">"Theme: "</span>
            {text(move || theme.get().name())}
        </button>
    }
}
