//! A bare Leptos counter: the least that a page of this kind can be, built the same way as ours.

fn main() {
    #[cfg(target_arch = "wasm32")]
    counter::mount();
}

#[cfg(target_arch = "wasm32")]
mod counter {
    use leptos::prelude::*;

    pub(super) fn mount() {
        console_error_panic_hook::set_once();
        leptos::mount::mount_to_body(|| {
            let count = RwSignal::new(0);
            view! { <button type="button" on:click=move |_| count.update(|count| *count += 1)>{count}</button> }
        });
    }
}
