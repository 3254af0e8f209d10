// The worker that counts primes for the page, by the page's own wasm; what it can do is in compute.rs.

importScripts("worker.js"); // defines `wasm_bindgen` and `WASM_FILE`

const ready = wasm_bindgen.default({ module_or_path: new URL(self.WASM_FILE, self.location) });

self.onmessage = async ({ data }) => {
  await ready;
  self.postMessage(wasm_bindgen.count_primes(data));
};

// A failure must be heard by the page, which then counts by itself.
ready.catch((reason) => setTimeout(() => { throw reason; }));
