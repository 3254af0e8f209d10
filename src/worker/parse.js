// Parses a large page for its links, by the wasm that reads pages for a crawl; what it does is in crates/reader. The same
// wasm in two places, so that only the place differs: a worker, which is asked with a number of bytes and answers with the
// number of links; and the page, which loads this as a script and does it on its own loop, by what `self.linkCount` resolves to.
{
  const inWorker = !self.document;
  const at = inWorker ? self.location.href : document.currentScript.src;
  const { search } = new URL(at); // names the build, so that no older one comes from the browser's cache

  const load = (url) => inWorker ? importScripts(url) : new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: url, onload: resolve, onerror: reject });
    document.head.append(script);
  });
  const begin = async () => {
    // Defines `wasm_bindgen`, which can be done only once.
    if (typeof wasm_bindgen === "undefined") await load(new URL(`reader.js${search}`, at).href);
    await wasm_bindgen({ module_or_path: new URL(`reader_bg.wasm${search}`, at) });
    return (bytes) => {
      const count = new wasm_bindgen.LinkCount(bytes);
      // Goes on for so many steps; after the last it tells how many links there are. Who gives up just forgets it.
      return (steps) => {
        if (!count.step(steps)) return undefined;
        const found = count.found();
        count.free();
        return found;
      };
    };
  };
  const ready = begin();

  if (inWorker) {
    self.onmessage = async ({ data: bytes }) => {
      const goOn = (await ready)(bytes);
      let found;
      while ((found = goOn(0xffffffff)) === undefined);
      self.postMessage(found);
    };
    // A failure must be heard by the page, which then parses by itself.
    ready.catch((reason) => setTimeout(() => { throw reason; }));
  } else {
    self.linkCount = ready;
    // The page hears of it, and may load this anew.
    ready.catch(() => delete self.linkCount);
  }
}
