// The worker that reads pages, as it ships: what browsers have built in decodes, names hosts and unpacks for it.

import { type Page } from "@playwright/test";
import { gzipSync } from "node:zlib";
import { expect, test } from "./lab";

/** Asks a new worker to read one page; its answer as text, in which what is no text is noise. */
async function read(page: Page, type: string, body: Buffer): Promise<string> {
  const bytes = await page.evaluate(
    async ([type, body]) => {
      const worker = new Worker("read.js");
      const answer = new Promise<[number, Uint8Array]>((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => reject(new Error(message));
      });
      const sent = Uint8Array.from(body);
      worker.postMessage([7, "https://example.org/dir/", type, undefined, false, undefined, sent], [sent.buffer]);
      const [id, facts] = await answer;
      worker.terminate();
      return id === 7 ? Array.from(facts) : [];
    },
    [type, [...body]] as const,
  );
  return Buffer.from(bytes).toString("utf8");
}

test.beforeEach(async ({ page, playground }) => {
  await page.goto(playground.home);
});

test("it reads HTML, and tells nothing of it to the page's document", async ({ page }) => {
  const html = "<title>Fish &amp; chips</title><a href=x onclick=a()>x</a><script>document.title = 1</script><a href=javascript:1>";
  const answer = await read(page, "text/html", Buffer.from(html));
  expect(answer).toContain("Fish & chips");
  expect(answer).toContain("https://example.org/dir/x");
  expect(answer).not.toContain("javascript");
  expect(await page.title()).toContain("Crawl Playground");
});

test("the browser decodes other encodings", async ({ page }) => {
  expect(await read(page, "text/html; charset=Shift_JIS", Buffer.from("<title>\x82\xa0</title>", "latin1"))).toContain("あ");
  expect(await read(page, "text/html", Buffer.from("<meta charset=nonsense><title>caf\xe9\x80", "latin1"))).toContain("café€");
  expect(await read(page, "text/html", Buffer.from("\ufeff<title>é", "utf16le"))).toContain("é");
});

test("the browser names hosts in other scripts", async ({ page }) => {
  const answer = await read(page, "text/html", Buffer.from("<a href='//bücher.example/ü#x'>"));
  expect(answer).toContain("https://xn--bcher-kva.example/%C3%BC");
});

test("the browser unpacks a sitemap", async ({ page }) => {
  const sitemap = gzipSync("<urlset><url><loc>https://a.example/page</loc></url></urlset>");
  expect(await read(page, "application/x-gzip", sitemap)).toContain("https://a.example/page");
  // Cut in the middle it still has what comes before; what is no gzip at all is an answer too.
  await read(page, "application/x-gzip", sitemap.subarray(0, 30));
  await read(page, "application/x-gzip", Buffer.from([0x1f, 0x8b, 0, 0]));
});
