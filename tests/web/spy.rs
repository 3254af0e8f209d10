//! Ways to see what the page does to the browser.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// Watches one of the window's functions. Dropping the spy puts the function back.
pub(super) struct Spy {
    name: &'static str,
}

impl Spy {
    /// Keeps the arguments of each call, as they were then, of `window.{name}`, and lets it go on.
    pub(super) fn on(name: &'static str) -> Self {
        js_sys::eval(&format!(
            "{{ const real = window.{name}, calls = [];
               const copy = (value) => value?.constructor === Object ? {{ ...value }} : value;
               window.{name} = (...given) => {{ calls.push(given.map(copy)); return real.call(window, ...given); }};
               window.{name}.calls = calls;
               window.{name}.real = real; }}"
        ))
        .unwrap();
        Self { name }
    }

    /// What `expression` says of `calls`, the list of calls, each a list of arguments.
    pub(super) fn read(&self, expression: &str) -> JsValue {
        let name = self.name;
        js_sys::eval(&format!("(calls => {expression})(window.{name}.calls)")).unwrap()
    }

    /// How many calls there were.
    pub(super) fn count(&self) -> usize {
        self.read("calls.length").as_f64().unwrap() as usize
    }
}

impl Drop for Spy {
    fn drop(&mut self) {
        let window = js_sys::global();
        let spy = Reflect::get(&window, &self.name.into()).unwrap();
        let real = Reflect::get(&spy, &"real".into()).unwrap();
        Reflect::set(&window, &self.name.into(), &real).unwrap();
    }
}
