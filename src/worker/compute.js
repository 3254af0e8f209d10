// The worker that counts primes for the page, by the wasm that answers for the Lab, too; what it can do is in crates/worker.

const { search } = self.location; // names the build, so that no older one comes from the browser's cache
importScripts(`worker.js${search}`); // defines `wasm_bindgen`

const ready = wasm_bindgen({ module_or_path: new URL(`worker_bg.wasm${search}`, self.location) });

self.onmessage = async ({ data }) => {
  await ready;
  self.postMessage(wasm_bindgen.count_primes(data));
};

// A failure must be heard by the page, which then counts by itself.
ready.catch((reason) => setTimeout(() => { throw reason; }));
