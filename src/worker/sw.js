// The service worker that the browser runs. It tells which requests are the Lab's; the rest is Rust.

importScripts(`worker.js${self.location.search}`); // defines `wasm_bindgen` and `WASM_FILE`

const ROOT = new URL("lab/", self.registration.scope);
const WASM = new URL(self.WASM_FILE, self.location);
const CACHE = "crawl-playground-lab";

// The browser keeps this script and what it imports, but not the wasm: so we do, or the Lab would not answer offline.
async function install() {
  const cache = await caches.open(CACHE);
  for (const { url } of await cache.keys()) if (url !== WASM.href) await cache.delete(url);
  await cache.add(new Request(WASM, { cache: "no-cache" }));
  await lab();
  await self.skipWaiting();
}

// Also called by the first request after the browser has stopped the worker, for which there is no `install`.
let starting;
function lab() {
  starting ??= start().catch((reason) => {
    starting = undefined; // the next request tries again
    throw reason;
  });
  return starting;
}

async function start() {
  const cache = await caches.open(CACHE);
  const wasm = (await cache.match(WASM)) ?? fetch(WASM);
  await wasm_bindgen.default({ module_or_path: wasm });
}

async function answer(request, url) {
  await lab();
  const path = url.pathname.slice(ROOT.pathname.length);
  return wasm_bindgen.answer(request, ROOT.href, path, url.search.slice(1));
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
// A page that was loaded past its worker, as a forced reload does, asks to be taken back.
self.addEventListener("message", (event) => {
  if (event.data === "claim") event.waitUntil(self.clients.claim());
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const isLab = url.origin === ROOT.origin && url.pathname.startsWith(ROOT.pathname);
  if (isLab && (request.method === "GET" || request.method === "HEAD")) {
    event.respondWith(answer(request, url));
  }
});
