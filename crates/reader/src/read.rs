//! What the worker's script calls.

use std::rc::Rc;

use crawl_playground::engine::crawl::facts::{
    Items, PageFacts, ReadOptions, Received, read_with, wire,
};
use url::Url;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::built_in::BuiltIn;

/// The facts of a page, as [`wire`] has them.
#[expect(
    unreachable_pub,
    reason = "JavaScript reaches it, and wasm-bindgen wants it public"
)]
#[wasm_bindgen]
pub fn read(
    url: &str,
    content_type: String,
    link_header: Option<String>,
    relative_json: bool,
    items: Option<String>,
    body: Vec<u8>,
) -> Vec<u8> {
    let facts = match Url::parse(url) {
        Ok(url) => {
            let received = Received {
                url,
                content_type,
                link_header,
                body,
                options: ReadOptions {
                    relative_json,
                    // The page has read it already.
                    items: items.and_then(|items| Items::new(&items).ok()).map(Rc::new),
                },
            };
            read_with(&received, &BuiltIn)
        }
        // The page asks with what it has fetched.
        Err(_) => PageFacts {
            problem: Some("The page was not read: its own address is none.".to_owned()),
            ..PageFacts::default()
        },
    };
    wire::encode(&facts)
}
