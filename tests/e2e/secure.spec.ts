// The page on https, where browsers forbid http: a made-up host, answered from the files of `dist`.

import { readFile } from "node:fs/promises";
import { join, normalize } from "node:path";
import { expect, PAGES, test } from "./lab";
import { Playground } from "./playground";

const TYPES: Record<string, string> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript",
  css: "text/css",
  wasm: "application/wasm",
};

test("mixed content is said before it is tried", async ({ page }) => {
  // There is no such host for a service worker to come from.
  await page.addInitScript(() => delete (Navigator.prototype as { serviceWorker?: unknown }).serviceWorker);
  const tried: string[] = [];
  await page.route("**/*", async (route) => {
    const url = new URL(route.request().url());
    if (url.host !== "play.test") {
      tried.push(url.href);
      return route.fulfill({ body: "ok", headers: { "Access-Control-Allow-Origin": "*" } });
    }
    const path = url.pathname === "/" ? "/index.html" : normalize(url.pathname);
    const contentType = TYPES[path.split(".").pop()!];
    return route.fulfill({ body: await readFile(join(PAGES, path)), contentType });
  });
  const playground = new Playground(page, "https://play.test/");
  const urls = ["http://plain.test/page", "https://safe.test/page"];
  await playground.open({ net: "Live", preset: "own", compare: 0, urls });
  await expect(page.locator("#urls-note")).toContainText("Line 1: browsers forbid http: addresses on an https: page");
  expect(tried).toEqual([]);
  await playground.runToEnd();
  expect(tried).toEqual(["https://safe.test/page"]);
  expect((await playground.readTasks()).map((task) => task.outcome)).toEqual(["200"]);
});
