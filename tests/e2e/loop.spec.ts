// Work for the processor: on the event loop everything else stands still, in slices it goes on, in a worker it does not
// notice. The heartbeat's lag is the measure.

import { expect, expectOnce, type Server, test } from "./lab";
import { type Playground, type Settings } from "./playground";

const TASKS = 8;
/** Runs of which the best counts: who shares the processor makes the loop late, but nobody makes it punctual. */
const RUNS = 5;

test.setTimeout(240_000);

/** One run of the preset. */
async function run(lab: Server, playground: Playground, place: NonNullable<Settings["place"]>) {
  await lab.reset();
  await playground.runToEnd(60_000);
  expect(await playground.outcomes(), place).toEqual(Array(TASKS).fill("200"));
  const [lag] = await playground.figures("Loop lag, max");
  const { requests } = await lab.truth();
  expect(requests.map((entry) => entry.end)).toEqual(Array(TASKS).fill("complete"));
  const lagMs = Number(/^(\d+)\sms$/.exec(lag)?.[1]);
  // What a blocked loop held up looks like the requests' own time, so how soon it could have ended can't be told.
  if (lagMs >= 100) expect(await playground.figures("At best"), place).toEqual(["–"]);
  return { lagMs, totalMs: (await playground.totalsMs())[0] };
}

type Kind = NonNullable<Settings["kind"]>;
const KINDS: Kind[] = ["count primes", "parse a page"];

/** The preset with less work than it has, so that a run is short and others disturb it less; yet six in a row block. */
const open = (lab: Server, playground: Playground, place: NonNullable<Settings["place"]>, kind: Kind = "count primes") =>
  playground.open({ preset: "blocking", work: 700, lab: lab.address, kind, place });

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  /** Microseconds. */
  ts: number;
  /** How much of the processor the event took. */
  tdur?: number;
  args: { data?: { url?: string } };
}

/**
 * One run, watched: besides its lag, the longest time for which a task of the page's own loop had the processor while it
 * went on. Who else is at work on the machine makes the loop late, but does not count there.
 */
async function watched(lab: Server, playground: Playground, place: NonNullable<Settings["place"]>) {
  const session = await playground.page.context().newCDPSession(playground.page);
  const events: TraceEvent[] = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  const traceConfig = { includedCategories: ["devtools.timeline", "toplevel"] };
  await session.send("Tracing.start", { transferMode: "ReportEvents", traceConfig });
  const seen = await run(lab, playground, place);
  const complete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
  await session.send("Tracing.end");
  await complete;
  await session.detach();
  const first = events.find((event) => event.name === "ResourceSendRequest" && event.args.data?.url?.startsWith(lab.address));
  expect(first, "the run's first request").toBeDefined();
  const { pid, tid, ts } = first!;
  const isOfRun = (event: TraceEvent) => event.pid === pid && event.tid === tid && event.ts > ts && event.ts < ts + seen.totalMs * 1e3;
  const tasks = events.filter((event) => event.name.endsWith("RunTask") && isOfRun(event));
  expect(tasks.length, "tasks of the page's loop").toBeGreaterThan(10);
  return { ...seen, longestMs: Math.max(...tasks.map((event) => (event.tdur ?? 0) / 1e3)) };
}

/**
 * The best of a few runs lags less than 20 ms. On a machine that others keep busy none may; then the best of what the page
 * itself kept its loop for has to be less, and the report names the machine.
 */
async function expectLittleLag(lab: Server, playground: Playground, place: NonNullable<Settings["place"]>) {
  const seen: { lagMs: number; longestMs: number }[] = [];
  await expectOnce(RUNS, async () => {
    const { lagMs, longestMs } = await watched(lab, playground, place);
    expect(lagMs).not.toBeNaN();
    seen.push({ lagMs, longestMs });
    if (lagMs < 20) return null;
    return seen.length < RUNS || Math.min(...seen.map((one) => one.longestMs)) >= 20 ? { lagMs, longestMs } : null;
  });
  const said = seen.map(({ lagMs, longestMs }) => `${lagMs} ms (own ${longestMs.toFixed(0)} ms)`).join(", ");
  const type = seen.at(-1)!.lagMs < 20 ? "lag" : "lag on a busy machine";
  test.info().annotations.push({ type, description: said });
  if (type !== "lag") console.log(`${place}: ${type}: ${said}`);
}

for (const kind of KINDS) {
  test(`${kind} on the loop: it lags more than 200 ms`, async ({ lab, playground }) => {
    await open(lab, playground, "on the loop", kind);
    const { lagMs } = await run(lab, playground, "on the loop");
    expect(lagMs).toBeGreaterThan(200);
    const parse = (await playground.readTasks()).map((task) => task.ms.parse);
    expect(Math.min(...parse)).toBeGreaterThan(10);
  });

  test(`${kind} in a worker: it lags less than 20 ms`, async ({ lab, playground }) => {
    await open(lab, playground, "in a worker", kind);
    await expectLittleLag(lab, playground, "in a worker");
    // The work was done all the same, and took its time.
    const parse = (await playground.readTasks()).map((task) => task.ms.parse);
    expect(Math.min(...parse)).toBeGreaterThan(10);
  });

  test(`${kind} in slices: it lags less than 20 ms, however many are at work`, async ({ lab, playground }) => {
    await open(lab, playground, "in slices", kind);
    await expectLittleLag(lab, playground, "in slices");
    const parse = (await playground.readTasks()).map((task) => task.ms.parse);
    expect(Math.min(...parse)).toBeGreaterThan(10);
  });
}

/** What a page's own loop is given to parse by. */
interface Parser {
  linkCount: Promise<(bytes: number) => (steps: number) => number | undefined>;
}

test("a page has the same links on the loop, in slices and in a worker", async ({ lab, page, playground }) => {
  await playground.open({ preset: "own", compare: 0, work: 1, kind: "parse a page", lab: lab.address, urls: ["lab/delay/20"] });
  await playground.runToEnd();
  const found = await page.evaluate(async () => {
    const begin = await (self as unknown as Parser).linkCount;
    const worker = new Worker("parse.js");
    const byWorker = (bytes: number) =>
      new Promise<number>((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = () => reject(new Error("the worker broke down"));
        worker.postMessage(bytes);
      });
    const onLoop = (bytes: number, steps: number) => {
      const goOn = begin(bytes);
      let found;
      while ((found = goOn(steps)) === undefined);
      return found;
    };
    const all = [];
    for (const bytes of [0, 12_345, 100_000, 2_500_000]) {
      all.push([onLoop(bytes, 0xffffffff), onLoop(bytes, 4), onLoop(bytes, 1), await byWorker(bytes)]);
    }
    return all;
  });
  for (const [one, ...others] of found) expect(others).toEqual([one, one, one]);
  expect(found[0][0]).toBe(0);
  expect(found[3][0]).toBeGreaterThan(10_000);
});

test("where what parses can't be had a run is not begun, and says why; later it is", async ({ complaints, lab, page, playground }) => {
  complaints.allow(/Failed to load resource/, /net::ERR/, /importScripts/);
  // The service worker would answer with what it has kept.
  await page.addInitScript(() => delete (Navigator.prototype as { serviceWorker?: unknown }).serviceWorker);
  await page.route(/reader(_bg\.wasm|\.js)/, (route) => route.abort());
  await playground.open({ preset: "own", compare: 0, work: 100, kind: "parse a page", place: "in slices", lab: lab.address, urls: ["lab/delay/20"] });
  await playground.run.click();
  await expect(playground.notice.first()).toContainText("What parses pages could not be loaded");
  await expect(playground.run).toBeEnabled();
  expect((await lab.truth()).requests).toEqual([]);
  await page.unroute(/reader(_bg\.wasm|\.js)/);
  await playground.runToEnd();
  expect(await playground.outcomes()).toEqual(["200"]);
  await expect(page.getByText("What parses pages could not be loaded")).toHaveCount(0);
});

test("the preset itself in slices: the same", async ({ lab, playground }) => {
  await playground.open({ preset: "blocking", place: "in slices", lab: lab.address });
  await expectLittleLag(lab, playground, "in slices");
});

test("while the loop is blocked the page answers nobody; with a worker it does", async ({ lab, page, playground }) => {
  /** The longest time between two turns of the loop, as a timer of the test's own sees it. */
  const longestTurnMs = async (place: NonNullable<Settings["place"]>) => {
    await open(lab, playground, place);
    await page.evaluate(() => {
      const seen = { longest: 0, last: performance.now() };
      Object.assign(window, { seen });
      setInterval(() => {
        const now = performance.now();
        seen.longest = Math.max(seen.longest, now - seen.last);
        seen.last = now;
      }, 5);
    });
    await run(lab, playground, place);
    return page.evaluate(() => (window as unknown as { seen: { longest: number } }).seen.longest);
  };
  const blocked = await longestTurnMs("on the loop");
  expect(blocked).toBeGreaterThan(200);
  await expectOnce(RUNS, async () => {
    const free = await longestTurnMs("in a worker");
    return free < Math.min(100, blocked / 2) ? null : { free, blocked };
  });
});

test("the preset itself: on the loop it lags more than 200 ms, in a worker less than half of that", async ({ lab, playground }) => {
  await playground.open({ preset: "blocking", lab: lab.address });
  const onLoop = await run(lab, playground, "on the loop");
  expect(onLoop.lagMs).toBeGreaterThan(200);
  await playground.open({ preset: "blocking", place: "in a worker", lab: lab.address });
  await expectOnce(RUNS, async () => {
    const { lagMs } = await run(lab, playground, "in a worker");
    return lagMs < Math.min(200, onLoop.lagMs) / 2 ? null : { lagMs, onLoop };
  });
});

test("the place is the visitor's choice, and a link's", async ({ lab, page, playground }) => {
  await open(lab, playground, "on the loop");
  await playground.openMoreLimits();
  const place = page.getByRole("combobox", { name: "Counted", exact: true });
  await expect(place).toHaveValue("on the loop");
  await place.selectOption("in a worker");
  await expect.poll(() => new URLSearchParams(new URL(page.url()).hash.slice(1)).get("place")).toBe("in a worker");
  await page.reload();
  await playground.openMoreLimits();
  await expect(place).toHaveValue("in a worker");
});

test("the kind of work is the visitor's choice, and a link's; its number and its place are called after it", async ({ lab, page, playground }) => {
  await open(lab, playground, "in slices");
  await playground.openMoreLimits();
  const kind = page.getByRole("combobox", { name: "Kind of work", exact: true });
  await expect(kind).toHaveValue("count primes");
  await expect(playground.dial("Primes below, thousands")).toHaveValue("700");
  await kind.selectOption("parse a page");
  const inLink = (key: string) => new URLSearchParams(new URL(page.url()).hash.slice(1)).get(key);
  await expect.poll(() => inLink("kind")).toBe("parse a page");
  await expect(page.getByRole("combobox", { name: "Parsed", exact: true })).toHaveValue("in slices");
  await expect(playground.dial("Primes below, thousands")).toHaveCount(0);
  await playground.dial("Page size, × 20\u00a0kB").fill("50");
  await expect.poll(() => inLink("work")).toBe("50");
  await page.reload();
  await playground.openMoreLimits();
  await expect(kind).toHaveValue("parse a page");
  await expect(playground.dial("Page size, × 20\u00a0kB")).toHaveValue("50");
  await expect(page.getByRole("combobox", { name: "Parsed", exact: true })).toHaveValue("in slices");
  // The default is no part of the link, so that links from before go on to mean what they did.
  await kind.selectOption("count primes");
  await expect.poll(() => inLink("kind")).toBeNull();
  await expect(page.getByRole("combobox", { name: "Counted", exact: true })).toHaveValue("in slices");
  await playground.start();
  await expect(kind).toBeDisabled();
  await playground.finished(60_000);
});

test("a task whose work is in the worker can be cancelled, and the others end", async ({ lab, playground }) => {
  for (const kind of KINDS) {
    await playground.open({ preset: "own", compare: 0, n: 3, work: 5_000, kind, place: "in a worker", lab: lab.address, urls: Array(3).fill("lab/delay/50") });
    await playground.start();
    await expect(playground.tasks).toContainText("parse");
    await playground.cancel(2).click();
    await playground.finished(60_000);
    expect(await playground.outcomes(), kind).toEqual(["200", "cancelled", "200"]);
  }
});
