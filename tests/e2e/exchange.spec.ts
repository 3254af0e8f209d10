// What the browser tells of a request beside its answer: the phases of its Resource Timing, against the server's own log,
// and the headers that a page may read.

import { type Page } from "@playwright/test";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { expect, expectOnce, test } from "./lab";
import { type Playground } from "./playground";

const detail = (page: Page) => page.getByRole("region", { name: "Task detail", exact: true });
const pick = (playground: Playground, task: number) =>
  playground.tasks.getByRole("button", { name: `Task ${task}`, exact: true });

interface Row {
  name: string;
  startMs: number;
  lengthMs: number;
}
const end = ({ startMs, lengthMs }: Row): number => startMs + lengthMs;

/** The rows of the detail's table in these parts of it. */
async function rows(page: Page, parts: string): Promise<Row[]> {
  const rows = await detail(page).locator(parts).locator("tr:has(td)").all();
  const cells = await Promise.all(rows.map((row) => row.locator("th, td").allInnerTexts()));
  const ms = (text: string) => parseFloat(text.replace(/[^0-9.]/g, ""));
  return cells.map(([name, start, length]) => ({ name, startMs: ms(start), lengthMs: ms(length) }));
}

/** A server on an origin of its own, which answers each path as `answer` says. */
async function serve(answer: (path: string, response: ServerResponse) => void) {
  const server = createServer((request, response) => answer(request.url!, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}/`, stop: () => server.close() };
}

test("of twelve at once the last six are stalled while the browser's six connections are busy", async ({ lab, page, playground }) => {
  test.setTimeout(120_000);
  const urls = Array.from({ length: 12 }, () => "lab/delay/300");
  await expectOnce(5, async () => {
    await lab.reset();
    await page.goto("about:blank");
    await playground.open({ lab: lab.address, preset: "own", strategy: "all at once", compare: 0, urls });
    await playground.runToEnd();
    const arrivals = (await lab.truth()).requests.map(({ arrival_ms }) => arrival_ms).sort((one, other) => one - other);

    const sent: number[] = [];
    let stalled = 0;
    let stalledMs = 0;
    for (let task = 1; task <= 12; task += 1) {
      await pick(playground, task).click();
      await expect(detail(page)).toContainText("Resource Timing): http/1.1, ");
      const [waits, phases] = [await rows(page, "tbody:not(.record)"), await rows(page, "tbody.record")];
      const [request, last] = [waits.find(({ name }) => name === "request")!, phases.at(-1)!];
      // Edge to edge, and within our own marks: those come when the event loop gets to them.
      phases.slice(1).forEach(({ startMs }, index) => expect(startMs).toBeCloseTo(end(phases[index]), 0));
      expect(phases[0].startMs).toBeGreaterThan(request.startMs - 1);
      expect(end(last)).toBeLessThan(end(waits.at(-1)!) + 1);
      expect(last.name).toBe("body");
      const server = phases.find(({ name }) => name === "first byte")!;
      expect(server.lengthMs).toBeGreaterThan(299);
      sent.push(server.startMs);
      stalledMs += phases.filter(({ name }) => name === "stalled").reduce((sum, { lengthMs }) => sum + lengthMs, 0);
      if (phases.some(({ name, lengthMs }) => name === "stalled" && lengthMs > 250)) stalled += 1;
    }
    await expect(detail(page).locator(".two-bars > div")).toHaveCount(2);
    await expect(detail(page)).not.toContainText("keeps to itself");
    expect(stalled).toBeGreaterThanOrEqual(6);
    // In all it is among the figures.
    const [inAll] = await playground.figures("Browser stalls");
    expect(inAll).toMatch(/^[\d.]+\s(ms|s)$/);
    const inAllMs = parseFloat(inAll) * (inAll.endsWith("ms") ? 1 : 1_000);
    expect(Math.abs(inAllMs - stalledMs)).toBeLessThan(10);
    // When the browser says that it sent them is when they came to the server.
    sent.sort((one, other) => one - other);
    const off = sent.map((at, index) => Math.abs(at - sent[0] - (arrivals[index] - arrivals[0])));
    return Math.max(...off) < 60 ? null : { off, stalled };
  });
});

test("the headers that a page may read, of each attempt", async ({ complaints, lab, page, playground }) => {
  complaints.allow(/Failed to load resource.*503/);
  const urls = [`lab/flaky/1?key=${Date.now()}`];
  await playground.open({ lab: lab.address, preset: "own", compare: 0, retries: 2, backoff: 50, urls });
  await playground.runToEnd();
  await pick(playground, 1).click();
  const second = detail(page).getByText("Headers of attempt 2 that a page may read");
  await expect(detail(page).getByText(/Headers of attempt 1 that a page may read: \d/)).toBeVisible();
  await second.click();
  await expect(detail(page).getByText("content-type", { exact: true }).last()).toBeVisible();
  await expect(detail(page)).toContainText("Access-Control-Expose-Headers");
  await expect(detail(page).locator("tbody.record")).toHaveCount(2);
});

test("where the server does not allow it, that is said", async ({ page, playground }) => {
  const other = await serve((path, response) => {
    const allows = path.startsWith("/open") ? { "timing-allow-origin": "*" } : {};
    response.writeHead(200, { "access-control-allow-origin": "*", "content-type": "text/plain", "x-secret": "1", ...allows });
    response.end("there");
  });
  try {
    const urls = [`${other.address}open`, `${other.address}shut`];
    await playground.open({ net: "Live", preset: "own", compare: 0, delay: 0, urls });
    await playground.runToEnd();
    await pick(playground, 1).click();
    expect((await rows(page, "tbody.record")).map(({ name }) => name)).toContain("first byte");
    await expect(detail(page)).not.toContainText("does not let pages see");
    await pick(playground, 2).click();
    await expect(detail(page)).toContainText("This server does not let pages see what lies inside “request” (it sends no Timing-Allow-Origin)");
    expect(await rows(page, "tbody.record")).toEqual([]);
    await detail(page).getByText("Headers of attempt 1").click();
    await expect(detail(page)).toContainText("text/plain");
    await expect(detail(page)).not.toContainText("x-secret");
  } finally {
    other.stop();
  }
});

test("a request that was given up is no server's refusal", async ({ lab, page, playground }) => {
  await playground.open({ lab: lab.address, preset: "own", compare: 0, timeout: 300, urls: ["lab/hang"] });
  await playground.runToEnd();
  await pick(playground, 1).click();
  await expect(detail(page)).toContainText("What lies inside “request” the browser keeps to itself");
  await expect(detail(page).locator("tbody.record")).toHaveCount(0);
});

test("in a replay it comes when the request has ended", async ({ lab, page, playground }) => {
  await playground.open({ lab: lab.address, preset: "own", n: 1, compare: 0, delay: 0, urls: ["lab/delay/200", "lab/delay/400"] });
  await playground.runToEnd();
  await pick(playground, 2).click();
  await expect(detail(page).locator("tbody.record")).toHaveCount(1);
  const moment = page.getByRole("slider", { name: "Moment of the run" });
  await moment.fill("600");
  await expect(detail(page).locator("tbody.record")).toHaveCount(0);
  await expect(detail(page)).toContainText("the answer’s headers");
  await page.getByRole("button", { name: "Whole run" }).click();
  await expect(detail(page).locator("tbody.record")).toHaveCount(1);
});

test("a simulated run, whose requests no browser has seen, has none of it", async ({ page, playground }) => {
  await playground.open({ net: "Simulation", compare: 0, tasks: 4, latency: "fixed 200" });
  await playground.runToEnd();
  await pick(playground, 1).click();
  await expect(detail(page)).toContainText("the answer’s headers");
  await expect(detail(page).locator("tbody.record, .headers")).toHaveCount(0);
  expect(await playground.figures("Browser stalls")).toEqual(["–"]);
});
