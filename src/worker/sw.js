// The service worker that the browser runs. It tells which requests are the Lab's; the rest is Rust.

importScripts(`worker.js${self.location.search}`); // defines `wasm_bindgen`, `WASM_FILE` and `CHUNK_FILES`

const ROOT = new URL("lab/", self.registration.scope);
const WASM = new URL(self.WASM_FILE, self.location);
const CACHE = "crawl-playground-lab";
// What the page loads at its first crawl: kept before that, so that a crawl can also begin offline.
const READER_FILES = ["read.js", "reader.js", "reader_bg.wasm"].map((file) => file + self.location.search);
const LATER = [...READER_FILES, ...self.CHUNK_FILES].map((file) => new URL(file, self.location).href);

// The browser keeps this script and what it imports, but not the wasm: so we do, or the Lab would not answer offline.
async function install() {
  const cache = await caches.open(CACHE);
  const kept = [WASM.href, ...LATER];
  for (const { url } of await cache.keys()) if (!kept.includes(url)) await cache.delete(url);
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

// Asked for by a page that has nothing else to do. What can't be had now is asked for again by the next one.
async function keep() {
  const cache = await caches.open(CACHE);
  const missing = await Promise.all(LATER.map(async (url) => ((await cache.match(url)) ? [] : [url])));
  await Promise.allSettled(missing.flat().map((url) => cache.add(url)));
}

async function kept(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(request.url)) ?? fetch(request);
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
  if (event.data === "keep") event.waitUntil(keep());
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const isLab = url.origin === ROOT.origin && url.pathname.startsWith(ROOT.pathname);
  if (isLab && (request.method === "GET" || request.method === "HEAD")) {
    event.respondWith(answer(request, url));
  } else if (LATER.includes(url.href)) {
    event.respondWith(kept(request));
  }
});
