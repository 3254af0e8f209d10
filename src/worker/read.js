// The worker that reads pages for a crawl, by a wasm of its own; what it can do is in crates/reader.
//
// It is asked with [id, url, content type, Link header or undefined, whether JSON's relative addresses count, JSON's
// items or undefined, body], and
// answers with [id, facts as bytes].

const { search } = self.location; // names the build, so that no older one comes from the browser's cache
importScripts(`reader.js${search}`); // defines `wasm_bindgen`

const ready = wasm_bindgen({ module_or_path: new URL(`reader_bg.wasm${search}`, self.location) });

self.onmessage = async ({ data: [id, url, type, link, relativeJson, items, body] }) => {
  try {
    await ready;
    [type, body] = await unpacked(type, body);
    const facts = wasm_bindgen.read(url, type, link, relativeJson, items, body);
    self.postMessage([id, facts], [facts.buffer]);
  } catch (reason) {
    // Such a failure must be heard by the page, which then starts another worker for what comes next.
    setTimeout(() => { throw reason; });
  }
};

const MAX_BYTES = 10_000_000; // as much as is read of any body

// Sitemaps are often files that were packed by hand, which the browser does not unpack as it does what a server packs.
async function unpacked(type, body) {
  if (!(body[0] === 0x1f && body[1] === 0x8b) || !self.DecompressionStream) return [type, body];
  const pieces = [];
  let length = 0;
  try {
    const reader = new Blob([body]).stream().pipeThrough(new DecompressionStream("gzip")).getReader();
    for (let next; length < MAX_BYTES && !(next = await reader.read()).done; length += next.value.length) {
      pieces.push(next.value);
    }
    reader.cancel().catch(() => {});
  } catch {
    // Broken in the middle: what came before that is read.
  }
  const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
  return [/gzip|octet-stream/.test(type) ? "" : type, bytes.subarray(0, MAX_BYTES)];
}
