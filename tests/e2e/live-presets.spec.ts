// The presets that ask other people's hosts. Those are played here by the test, since no test may be a burden to them: each
// answers as its real one is documented to, and remembers what it was asked.

import type { Page, Route } from "@playwright/test";
import { expect, test } from "./lab";

/** What hosts were asked, in order, and how many requests were open together at the most. */
interface Asked {
  paths: string[];
  peak: number;
}

/** Answers all requests to `host`. What has no answer is a 404, as a robots.txt that is not there. */
async function play(page: Page, host: string, answer: (url: URL) => { json: unknown; ms?: number } | undefined): Promise<Asked> {
  const asked: Asked = { paths: [], peak: 0 };
  let open = 0;
  await page.route(`https://${host}/**`, async (route: Route) => {
    const url = new URL(route.request().url());
    asked.paths.push(url.pathname + url.search);
    open += 1;
    asked.peak = Math.max(asked.peak, open);
    const answered = answer(url);
    const headers = { "access-control-allow-origin": "*" };
    // Long enough for others to be open beside it.
    await new Promise((resolve) => setTimeout(resolve, answered?.ms ?? 30));
    open -= 1;
    await (answered ? route.fulfill({ json: answered.json, headers }) : route.fulfill({ status: 404, body: "", headers }));
  });
  return asked;
}

test("Hacker News: the list first, then thirty of its items by title, five at a time", async ({ page, playground }) => {
  const ids = Array.from({ length: 500 }, (_, place) => 9_000 + place);
  const asked = await play(page, "hacker-news.firebaseio.com", ({ pathname }) => {
    const item = /item\/(\d+)\.json$/.exec(pathname);
    return { json: item ? { id: Number(item[1]), type: "story", title: `Story ${item[1]}` } : ids, ms: 400 };
  });
  await playground.open({ net: "Live", preset: "news", compare: 0 });
  await playground.runToEnd();
  expect(asked.paths[0]).toBe("/v0/topstories.json");
  expect(asked.paths.slice(1).sort()).toEqual(ids.slice(0, 30).map((id) => `/v0/item/${id}.json`));
  expect(asked.peak).toBe(5);
  const tasks = await playground.readTasks();
  expect(tasks.map(({ outcome }) => outcome)).toEqual(Array(31).fill("200"));
  expect(tasks.slice(1).map(({ title }) => title).sort()).toEqual(ids.slice(0, 30).map((id) => `Story ${id}`));
  expect(await playground.figures("Peak in flight")).toEqual(["5"]);
});

test("httpbin and JSONPlaceholder: what their presets name, one after another and at once", async ({ page, playground }) => {
  const httpbin = await play(page, "httpbin.org", ({ pathname }) => ({ json: { url: pathname }, ms: 200 }));
  await playground.open({ net: "Live", preset: "httpbin" });
  await playground.runToEnd();
  expect(httpbin.paths).toEqual(Array(10).fill("/delay/1"));
  const [slow, fast] = await playground.totalsMs();
  expect(slow).toBeGreaterThan(fast);

  const posts = await play(page, "jsonplaceholder.typicode.com", ({ pathname }) => ({
    json: { title: `Post ${pathname.split("/").at(-1)}` },
    ms: 400,
  }));
  await playground.open({ net: "Live", preset: "jsonplaceholder", compare: 0 });
  await playground.runToEnd();
  expect(posts.paths.length).toBeGreaterThan(5);
  expect(posts.peak).toBe(5);
  expect((await playground.readTasks()).every(({ title, outcome }) => outcome === "200" && title.startsWith("Post "))).toBe(true);
});

test("PokéAPI, Wikipedia and the tree of a story are crawled by what their JSON names, politely", async ({ complaints, page, playground }) => {
  complaints.allow(/Failed to load resource/); // there is no robots.txt
  const list = { count: 2, next: null, results: [1, 2].map((id) => ({ name: `p${id}`, url: `https://pokeapi.co/api/v2/pokemon/${id}/` })) };
  const pokeapi = await play(page, "pokeapi.co", ({ pathname }) =>
    pathname === "/robots.txt" ? undefined : { json: pathname.endsWith("/pokemon") ? list : { name: pathname.split("/").at(-2) } },
  );
  await playground.open({ net: "Live", preset: "pokeapi" });
  await playground.runToEnd();
  expect(pokeapi.paths).toEqual(["/robots.txt", "/api/v2/pokemon?limit=20", "/api/v2/pokemon/1/", "/api/v2/pokemon/2/"]);

  const links = (titles: string[]) => ({ query: { pages: [{ title: "Web crawler", links: titles.map((title) => ({ ns: 0, title })) }] } });
  const wikipedia = await play(page, "en.wikipedia.org", ({ pathname, searchParams }) =>
    pathname === "/robots.txt" ? undefined : { json: links(searchParams.get("titles") === "Web crawler" ? ["A & B", "Spider"] : []) },
  );
  await playground.open({ net: "Live", preset: "wikipedia" });
  await playground.runToEnd();
  const titles = wikipedia.paths.slice(1).map((path) => new URL(path, "https://a.test").searchParams.get("titles"));
  expect(titles).toEqual(["Web crawler", "A & B", "Spider"]);

  const kids: Record<string, number[]> = { 8863: [1, 2], 1: [3], 2: [], 3: [] };
  const news = await play(page, "hacker-news.firebaseio.com", ({ pathname }) => {
    const item = /item\/(\d+)\.json$/.exec(pathname);
    return item ? { json: { id: Number(item[1]), title: `Item ${item[1]}`, kids: kids[item[1]] } } : undefined;
  });
  await playground.open({ net: "Live", preset: "news-tree" });
  await playground.runToEnd();
  expect(news.paths).toEqual(["/robots.txt", ...[8863, 1, 2, 3].map((id) => `/v0/item/${id}.json`)]);
  // Two at a time at the most, as a crawl of other people's hosts begins.
  expect(Math.max(pokeapi.peak, wikipedia.peak, news.peak)).toBeLessThanOrEqual(2);
});
