// The links of a page as the reader's own wasm reads them, and as the browser's DOMParser does.

const bytesOf = () => new TextEncoder().encode(window.wasmBindings.sample_page());
const base = "https://example.org/wiki/Crawling";
let started;

/** Loads the reader, whose script has defined `wasm_bindgen`. */
export const startReader = () => (started ??= wasm_bindgen({ module_or_path: "reader_bg.wasm" }).then(() => true));

/** Reads the page so many times, to facts that are taken apart again. Returns how many links it has. */
export const byReader = (times) => {
  const bytes = bytesOf();
  let links = 0;
  for (let turn = 0; turn < times; turn++) {
    const facts = wasm_bindgen.read(base, "text/html", undefined, false, undefined, bytes);
    links = window.wasmBindings.count_links(facts);
  }
  return links;
};

/** The same by the browser: decoded, made a tree, and what a crawl wants of it taken out. */
export const byDomParser = (times) => {
  const bytes = bytesOf();
  let links = [];
  for (let turn = 0; turn < times; turn++) {
    const tree = new DOMParser().parseFromString(new TextDecoder().decode(bytes), "text/html");
    // A parsed document has its maker's address, so it needs a base of its own.
    const element = tree.createElement("base");
    element.href = base;
    tree.head.prepend(element);
    const found = tree.querySelectorAll("a[href], area[href], link[href], iframe[src], frame[src], form[action], img[srcset]");
    links = Array.from(found, (link) => ({
      url: link.href ?? link.src ?? link.action,
      isNofollow: /\bnofollow\b/.test(link.rel),
    }));
    const texts = ["title", "h1"].map((name) => tree.querySelector(name)?.textContent.trim());
    texts.push(tree.querySelector("meta[name=description]")?.content, tree.documentElement.lang);
    if (texts.some((text) => !text)) return 0;
  }
  return links.length;
};
