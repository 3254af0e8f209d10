// The service worker that the browser runs. It tells which requests are the Lab's; the rest is Rust.

const { search } = self.location; // names the build, so that no older one comes from the browser's cache
importScripts(`worker.js${search}`); // defines `wasm_bindgen`

const PAGE_FILES = []; // written here by scripts/kept.mjs: what the page is made of, and loads by names with a hash
const BUILD = ""; // and this: a hash of those names, and of what the workers load by names without one
const ROOT = new URL("lab/", self.registration.scope);
const WASM = new URL(`worker_bg.wasm${search}`, self.location);
const CACHES = `crawl-playground ${self.registration.scope} `;
const CACHE = CACHES + BUILD; // one for each build, so that a worker that is about to go still finds what is its own
// What the page's other workers load: kept before that, so that they can also begin offline.
const WORKER_FILES = ["compute.js", "worker.js", "read.js", "parse.js", "reader.js", "reader_bg.wasm"].map((file) => file + search);
const LATER = [...PAGE_FILES, ...WORKER_FILES].map((file) => new URL(file, self.location).href);
// The page itself has the same address in each build: what is kept of it is for when the network is gone.
const PAGE = new URL("", self.registration.scope).href;

// The browser keeps this script and what it imports, but not the wasm: so we do, or the Lab would not answer offline.
async function install() {
  const cache = await caches.open(CACHE);
  await cache.add(new Request(WASM, { cache: "no-cache" }));
  await lab();
  await self.skipWaiting();
}

async function activate() {
  const others = (await caches.keys()).filter((name) => name.startsWith(CACHES) && name !== CACHE);
  await Promise.all(others.map((name) => caches.delete(name)));
  await self.clients.claim();
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
  await wasm_bindgen({ module_or_path: wasm });
}

// Asked for by a page that has nothing else to do. What can't be had now is asked for again by the next one. The page comes
// last: where that is kept, it opens offline.
async function keep() {
  const cache = await caches.open(CACHE);
  const add = async (url) => (await cache.match(url)) ?? cache.add(new Request(url, { cache: "no-cache" }));
  const got = await Promise.allSettled(LATER.map(add));
  if (got.every(({ status }) => status === "fulfilled")) await add(PAGE).catch(() => {});
}

async function kept(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(request.url)) ?? fetch(request);
}

async function freshOrKept(request) {
  try {
    return await fetch(request);
  } catch (reason) {
    const cache = await caches.open(CACHE);
    const found = await cache.match(request.url, { ignoreSearch: true });
    if (found) return found;
    throw reason;
  }
}

async function answer(request, url) {
  await lab();
  const path = url.pathname.slice(ROOT.pathname.length);
  return wasm_bindgen.answer(request, ROOT.href, path, url.search.slice(1));
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
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
  } else if (url.href === WASM.href || LATER.includes(url.href)) {
    event.respondWith(kept(request));
  } else if (url.origin + url.pathname === PAGE) {
    event.respondWith(freshOrKept(request));
  }
});
