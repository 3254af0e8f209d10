// The page against the server's own log: how much was in flight, and when everything happened.

import { type Entry, expect, type Server, test } from "./lab";
import { type Playground, type Task } from "./playground";

/** Requests in flight by arrivals and departures, most at once. */
function recomputedPeak(requests: Entry[]): number {
  const steps = requests.flatMap((entry) => [
    { at: entry.arrival_ms, by: 1 },
    { at: entry.departure_ms!, by: -1 },
  ]);
  steps.sort((one, other) => one.at - other.at || one.by - other.by);
  let now = 0;
  return Math.max(...steps.map((step) => (now += step.by)));
}

const median = (numbers: number[]): number => {
  const sorted = [...numbers].sort((one, other) => one - other);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
};

for (const limit of [1, 3, 6]) {
  test(`never more than ${limit} in flight at the server`, async ({ lab, playground }) => {
    const urls = Array.from({ length: 18 }, (_, task) =>
      task % 3 === 2 ? `lab/bytes/4000?ms=30&rate=50000&task=${task}` : `lab/delay/${60 + 25 * (task % 4)}?task=${task}`,
    );
    await playground.open({ lab: lab.address, preset: "own", n: limit, compare: 0, urls });
    await playground.runToEnd();
    const truth = await lab.truth();
    expect(truth.requests.map((entry) => entry.end)).toEqual(urls.map(() => "complete"));
    expect(truth.peak).toBe(limit);
    expect(recomputedPeak(truth.requests)).toBe(limit);
    expect(await playground.figures("Peak in flight")).toEqual([String(limit)]);
  });
}

for (const strategy of ["semaphore", "worker pool", "pipeline"]) {
  test(`${strategy}: the limit follows the slider while the run goes on: 2, 5, 1`, async ({ lab, playground }) => {
    const urls = Array.from({ length: 48 }, (_, task) => `lab/delay/${200 + 10 * (task % 5)}?task=${task}`);
    await playground.open({ lab: lab.address, preset: "own", strategy, n: 2, compare: 0, urls });
    await playground.start();
    const arrivals = async () => (await lab.truth()).requests.length;

    /** Moves the slider, and says between which moments of the server's clock. */
    const change = async (limit: number) => {
      const before = (await lab.truth()).now_ms;
      await playground.concurrency.fill(String(limit));
      return { before, after: (await lab.truth()).now_ms };
    };
    await expect.poll(arrivals, { intervals: [20] }).toBeGreaterThanOrEqual(6);
    const grown = await change(5);
    await expect.poll(arrivals, { intervals: [20] }).toBeGreaterThanOrEqual(20);
    const shrunk = await change(1);
    await playground.finished();

    // A request that was sent just before a change may arrive just after it.
    const UNDER_WAY_MS = 60;
    const { requests } = await lab.truth();
    expect(requests).toHaveLength(urls.length);
    const limitAt = (at: number) => {
      if (at < grown.before) return 2;
      return at < shrunk.after + UNDER_WAY_MS ? 5 : 1;
    };
    const over = requests.filter((entry) => entry.in_flight > limitAt(entry.arrival_ms));
    expect(over, "started above the limit in force").toEqual([]);

    // Both changes act at once: three more start within a moment, and after the shrink nobody until four have left.
    const woken = requests.filter((entry) => entry.arrival_ms >= grown.before && entry.arrival_ms < grown.after + 150);
    expect(Math.max(...woken.map((entry) => entry.in_flight))).toBe(5);
    const late = requests.filter((entry) => entry.arrival_ms > shrunk.after + UNDER_WAY_MS);
    expect(late.length).toBeGreaterThan(5);
    expect(recomputedPeak(late)).toBe(1);
    expect(await playground.figures("Peak in flight")).toEqual(["5"]);
  });
}

test("answers that say that they are empty are whole, in the page and at the server", async ({ lab, playground }) => {
  const urls = Array.from({ length: 12 }, (_, task) => `lab/bytes/0?ms=20&task=${task}`);
  await playground.open({ lab: lab.address, preset: "own", n: 3, compare: 0, urls });
  await playground.runToEnd();
  expect(await playground.outcomes()).toEqual(urls.map(() => "200"));
  const { requests, peak } = await lab.truth();
  expect(requests.map(({ end }) => end)).toEqual(urls.map(() => "complete"));
  expect(peak).toBe(3);
});

/** The server's moments of a request, and the page's: sent, headers, last byte. */
const boundaries = (entry: Entry, { ms }: Task) => {
  const sent = ms.start + (ms.queue ?? 0) + (ms.permit ?? 0);
  const headers = sent + ms.request;
  return [
    { task: entry.path, what: "sent", server: entry.arrival_ms, page: sent },
    { task: entry.path, what: "headers", server: entry.headers_ms!, page: headers },
    { task: entry.path, what: "end", server: entry.departure_ms!, page: headers + ms.download },
  ];
};

test.describe("a run of known length", () => {
  const urls = Array.from({ length: 8 }, (_, task) =>
    task % 2 === 0
      ? `lab/bytes/${4_000 + 500 * task}?ms=${70 + 15 * task}&rate=60000&task=${task}`
      : `lab/delay/${90 + 20 * task}?task=${task}`,
  );
  const LANES = ["One at a time", "At most 3"];

  // Whatever else the machine does makes a moment late now and then, and another one the next time; what is measured
  // wrongly is wrong each time. So each boundary is held to the median of its errors in so many measurements, and all of
  // these count.
  const MEASUREMENTS = 7;

  test("every boundary in the table is the server's, and so are the totals", async ({ lab, playground }) => {
    test.setTimeout(120_000);
    await playground.open({ lab: lab.address, preset: "own", n: 3, urls });
    // Connections are opened in a run that does not count: that would count as waiting for the first answers.
    await playground.runToEnd();
    const errorsMs = new Map<string, number[]>();
    const totals = LANES.map((): number[] => []);
    for (let measured = 0; measured < MEASUREMENTS; measured += 1) {
      const runs = await bothRuns(lab, playground);
      const totalsMs = await playground.totalsMs();
      for (const [run, requests] of runs.entries()) {
        totals[run].push(totalsMs[run] / totalMs(requests));
        for (const { boundary, error } of await errors(playground, LANES[run], requests)) {
          errorsMs.set(boundary, [...(errorsMs.get(boundary) ?? []), error]);
        }
      }
    }
    expect(errorsMs.size).toBe(LANES.length * urls.length * 3);
    const typical = [...errorsMs].map(([boundary, all]) => ({ boundary, ms: median(all), all }));
    expect(typical.filter(({ ms }) => Math.abs(ms) > 15), "further than 15 ms from the server's").toEqual([]);
    expect(median(typical.map(({ ms }) => Math.abs(ms))), "ms, the median of all boundaries").toBeLessThanOrEqual(5);
    for (const [run, ratios] of totals.entries()) {
      expect(Math.abs(median(ratios) - 1), `${LANES[run]}: the page's totals over the server's: ${ratios}`).toBeLessThanOrEqual(0.05);
    }
    const [slow, fast] = await playground.totalsMs();
    await expect(playground.headline).toHaveText(/: \d+\.\d\stimes faster\.$/);
    const [times] = /[\d.]+(?=\stimes)/.exec(await playground.headline.innerText())!;
    expect(Number(times)).toBeCloseTo(slow / fast, 0);
  });

  /** The requests of both runs, which follow one another. */
  async function bothRuns(lab: Server, playground: Playground): Promise<Entry[][]> {
    await lab.reset();
    await playground.runToEnd();
    const { requests } = await lab.truth();
    expect(requests).toHaveLength(2 * urls.length);
    return [requests.slice(0, urls.length), requests.slice(urls.length)];
  }

  /** From the first arrival at the server to the last departure. */
  const totalMs = (requests: Entry[]) =>
    Math.max(...requests.map((entry) => entry.departure_ms!)) - Math.min(...requests.map((entry) => entry.arrival_ms));

  /** How far each boundary of the lane is from the server's, in ms. */
  async function errors(playground: Playground, lane: string, requests: Entry[]) {
    await playground.show(lane);
    await expect(playground.tasks.getByRole("row")).toHaveCount(urls.length + 1);
    const tasks = await playground.readTasks();
    expect(tasks.map((task) => task.outcome)).toEqual(urls.map(() => "200"));
    const all = tasks.flatMap((task) => {
      const entry = requests.find((request) => request.path === `/${task.target}`);
      expect(entry, task.target).toBeDefined();
      return boundaries(entry!, task);
    });
    // The clocks have different zeros, so one offset is taken out for the whole run.
    const offset = median(all.map(({ server, page }) => server - page));
    return all.map(({ task, what, server, page }) => ({ boundary: `${lane}: ${task}, ${what}`, error: server - page - offset }));
  }

  test("the segments of a bar are its total, edge to edge", async ({ lab, playground }) => {
    await playground.open({ lab: lab.address, preset: "own", n: 3, delay: 50, urls });
    await playground.runToEnd();
    for (const { ms } of await playground.readTasks()) {
      const { start: _, total, ...waits } = ms;
      const sum = Object.values(waits).reduce((before, wait) => before + wait, 0);
      // Each cell is rounded to a tenth of a millisecond.
      expect(Math.abs(sum - total)).toBeLessThanOrEqual(0.05 * (Object.keys(waits).length + 1) + 1e-9);
    }
  });
});
