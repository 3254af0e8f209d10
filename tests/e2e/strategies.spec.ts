// Every strategy and every limit, as the server sees it: how many at once, how many a second, how far apart, and who is
// let go when the others have won or failed.

import { type Entry, expect, expectOnce, newKey, Server, test } from "./lab";
import { type Playground, type Settings } from "./playground";

/** Eighteen answers of unlike lengths, some with a body that takes its time. */
const MIXED = Array.from({ length: 18 }, (_, task) =>
  task % 3 === 2 ? `lab/bytes/4000?ms=30&rate=50000&task=${task}` : `lab/delay/${60 + 25 * (task % 4)}?task=${task}`,
);

const own = { preset: "own", compare: 0 } as const;

for (const strategy of ["semaphore", "buffered", "buffer unordered", "worker pool", "pipeline"]) {
  for (const n of [2, 5]) {
    test(`${strategy}: ${n} at once at the server, and never more`, async ({ lab, playground }) => {
      await playground.open({ ...own, lab: lab.address, strategy, n, urls: MIXED });
      await playground.runToEnd();
      const truth = await lab.truth();
      expect(truth.requests.map((entry) => entry.end)).toEqual(MIXED.map(() => "complete"));
      expect(truth.peak).toBe(n);
      expect(await playground.figures("Peak in flight")).toEqual([String(n)]);
      expect(await playground.outcomes()).toEqual(MIXED.map(() => "200"));
    });
  }
}

test("sequential: one at a time", async ({ lab, playground }) => {
  await playground.open({ ...own, lab: lab.address, strategy: "sequential", urls: MIXED.slice(0, 8) });
  await playground.runToEnd();
  const truth = await lab.truth();
  expect(truth.requests.map((entry) => entry.path)).toEqual(MIXED.slice(0, 8).map((url) => `/${url}`));
  expect(truth.peak).toBe(1);
});

test("the preset of a rate that is kept to is refused nothing", async ({ lab, playground }) => {
  await playground.open({ preset: "rate-limit", compare: 0, lab: lab.address });
  for (let run = 0; run < 3; run += 1) {
    await playground.runToEnd();
    expect(await playground.outcomes()).toEqual(Array(15).fill("200"));
  }
});

test("adaptive: begins with one, and never has more than its slider", async ({ lab, playground }) => {
  const urls = Array.from({ length: 24 }, (_, task) => `lab/delay/80?task=${task}`);
  await playground.open({ ...own, lab: lab.address, strategy: "adaptive", n: 4, urls });
  await playground.runToEnd();
  const { peak, requests } = await lab.truth();
  expect(requests).toHaveLength(urls.length);
  expect(peak).toBeGreaterThan(1);
  expect(peak).toBeLessThanOrEqual(4);
  expect(requests[1].arrival_ms, "the second waits for what the first brings").toBeGreaterThanOrEqual(requests[0].departure_ms!);
});

test("auto throttle: the time between two requests goes half of the way to the latency with each answer", async ({ lab, playground }) => {
  const urls = Array.from({ length: 5 }, (_, task) => `lab/delay/300?task=${task}`);
  await playground.open({ ...own, lab: lab.address, strategy: "auto throttle", n: 1, urls });
  // From 500 ms to (500 + 300) / 2, and so on.
  const EXPECTED_MS = [400, 350, 325, 312.5];
  await expectOnce(4, async () => {
    await lab.reset();
    await playground.runToEnd();
    const arrivals = (await lab.truth()).requests.map((entry) => entry.arrival_ms);
    const gapsMs = arrivals.slice(1).map((at, index) => at - arrivals[index]);
    expect(gapsMs).toHaveLength(EXPECTED_MS.length);
    // One that is late on its way makes its gap longer, and the next one shorter.
    const isRight = gapsMs.every((gapMs, index) => gapMs > EXPECTED_MS[index] - 20 && gapMs < EXPECTED_MS[index] + 40);
    return isRight ? null : gapsMs;
  });
});

test("auto throttle: about as many are answered at a time as its slider says", async ({ lab, playground }) => {
  const urls = Array.from({ length: 24 }, (_, task) => `lab/delay/400?task=${task}`);
  await playground.open({ ...own, lab: lab.address, strategy: "auto throttle", n: 4, urls });
  await expectOnce(4, async () => {
    await lab.reset();
    await playground.runToEnd();
    const { peak, requests } = await lab.truth();
    expect(requests.map((entry) => entry.end)).toEqual(urls.map(() => "complete"));
    // A request every 400 / 4 ms, when it has come to that.
    const late = requests.slice(-8).map((entry) => entry.arrival_ms);
    const gapMs = (late[7] - late[0]) / 7;
    return peak >= 3 && peak <= 5 && gapMs > 95 && gapMs < 125 ? null : { peak, gapMs };
  });
});

test("in order or as completed: who is slow holds up the others, or only itself", async ({ lab, playground }) => {
  const urls = ["lab/delay/1200?task=0", ...Array.from({ length: 5 }, (_, task) => `lab/delay/60?task=${task + 1}`)];
  const taken = async () =>
    (await playground.readLog()).flatMap(({ text }) => /^the result of task (\d+) is taken$/.exec(text)?.[1] ?? []);
  await playground.open({ ...own, lab: lab.address, strategy: "buffered", n: 3, urls });
  await playground.runToEnd();
  expect(await taken()).toEqual(["1", "2", "3", "4", "5", "6"]);
  let { requests } = await lab.truth();
  const slow = () => requests.find((entry) => entry.path.endsWith("task=0"))!;
  const during = () => requests.filter((entry) => entry !== slow() && entry.arrival_ms < slow().departure_ms!);
  // Those that came early keep their places in the buffer, so nobody follows them.
  expect(during()).toHaveLength(2);

  await lab.reset();
  await playground.strategy.selectOption("buffer unordered");
  await playground.runToEnd();
  expect((await taken()).at(-1)).toBe("1");
  ({ requests } = await lab.truth());
  expect(during()).toHaveLength(5);
});

/** Expects that these were let go by the page, and that soon after `sinceMs`. */
function expectAborted(requests: Entry[], routes: string[], sinceMs: number): void {
  const aborted = requests.filter((entry) => entry.end === "aborted");
  expect(aborted.map((entry) => entry.path).sort()).toEqual(routes.map((route) => `/${route}`).sort());
  for (const entry of aborted) expect(entry.departure_ms! - sinceMs, entry.path).toBeLessThan(1_000);
}

test("race: the first success wins, and the losers are aborted at once", async ({ complaints, lab, playground }) => {
  complaints.allow(/Failed to load resource/);
  const losers = ["lab/delay/20000", "lab/hang", "lab/bytes/1000000?rate=20000"];
  const winner = "lab/delay/400?winner";
  await playground.open({ ...own, lab: lab.address, strategy: "race", urls: ["lab/status/404?ms=30", losers[0], winner, ...losers.slice(1)] });
  await playground.runToEnd(10_000);
  await expect.poll(async () => (await lab.truth()).in_flight).toBe(0);
  const { requests } = await lab.truth();
  const won = requests.find((entry) => entry.path === `/${winner}`)!;
  // An answer is no success by being the first: the 404 came long before.
  expect(won.end).toBe("complete");
  expectAborted(requests, losers, won.departure_ms!);
  expect(await playground.outcomes()).toEqual(["404", "cancelled", "200", "cancelled", "cancelled"]);
  expect(await playground.figures("Cancelled")).toEqual(["3"]);
  await expect(playground.summary).toContainText("The first good answer ended it");
});

test("race: when all fail there is no winner, and that is said", async ({ complaints, lab, playground }) => {
  complaints.allow(/Failed to load resource/);
  await playground.open({ ...own, lab: lab.address, strategy: "race", urls: ["lab/status/404?ms=30", "lab/status/500?ms=60"] });
  await playground.runToEnd(10_000);
  expect(await playground.outcomes()).toEqual(["404", "500"]);
  await expect(playground.headline).toHaveText("No page came: both tasks failed.");
});

test.describe("pace", () => {
  /** Opens the browser's connections, whose making would count as lateness. */
  async function warmUp(lab: Server, playground: Playground): Promise<void> {
    await playground.open({ ...own, lab: lab.address, n: 6, urls: Array.from({ length: 6 }, (_, task) => `lab/delay/50?warm=${task}`) });
    await playground.runToEnd();
  }

  async function arrivals(lab: Server, playground: Playground): Promise<number[]> {
    await lab.reset();
    await playground.runToEnd();
    return (await lab.truth()).requests.map((entry) => entry.arrival_ms);
  }

  const settle = async (lab: Server, playground: Playground, settings: Settings) => {
    await warmUp(lab, playground);
    await playground.open({ ...own, lab: lab.address, ...settings });
  };

  test("rate limited: in no second more than the rate and the burst, and not much fewer", async ({ lab, playground }) => {
    test.setTimeout(120_000);
    const urls = Array.from({ length: 30 }, (_, task) => `lab/delay/120?task=${task}`);
    await settle(lab, playground, { strategy: "rate limited", rate: 10, burst: 3, urls });
    await expectOnce(4, async () => {
      const at = await arrivals(lab, playground);
      expect(at).toHaveLength(urls.length);
      const most = Math.max(...at.map((from) => at.filter((other) => other >= from && other - from < 1_000).length));
      const took = at.at(-1)! - at[0];
      // Three at once, then one every 100 ms: 2.7 s for thirty. No later machine makes that shorter but by a moment.
      expect(took).toBeGreaterThan(2_600);
      return most > 13 || took > 4_000 ? { most, took } : null;
    });
    expect(await playground.outcomes()).toEqual(urls.map(() => "200"));
    const waited = (await playground.readTasks()).map((task) => task.ms.token ?? 0);
    expect(waited.slice(0, 3)).toEqual([0, 0, 0]);
    expect(waited[29]).toBeGreaterThan(2_600);
    await expect(playground.summary).toContainText("The rate binds");
  });

  test("a server's own limit: a semaphore runs into its 429s, the rate does not", async ({ complaints, lab, playground }) => {
    complaints.allow(/Failed to load resource/);
    test.setTimeout(120_000);
    const urls = () => Array(14).fill(`lab/limited/${newKey()}?rps=10&burst=4&ms=50`);
    await warmUp(lab, playground);
    await playground.open({ ...own, lab: lab.address, strategy: "semaphore", n: 5, urls: urls() });
    await playground.runToEnd();
    expect(await playground.outcomes()).toContain("429");
    await expectOnce(4, async () => {
      // A token less than the server gives, for what happens on the way.
      await playground.open({ ...own, lab: lab.address, strategy: "rate limited", rate: 10, burst: 3, urls: urls() });
      await playground.runToEnd();
      const refused = (await playground.outcomes()).filter((outcome) => outcome !== "200");
      return refused.length > 0 ? refused : null;
    });
  });

  test("host delay: the server is never asked sooner after the last time", async ({ lab, playground }) => {
    test.setTimeout(120_000);
    const urls = Array.from({ length: 10 }, (_, task) => `lab/delay/300?task=${task}`);
    await settle(lab, playground, { strategy: "semaphore", n: 6, "host-delay": 150, urls });
    await expectOnce(5, async () => {
      const at = await arrivals(lab, playground);
      const gaps = at.slice(1).map((arrival, index) => arrival - at[index]);
      expect(gaps).toHaveLength(9);
      // Which gaps a busy machine shortens, it has made longer before: their sum is never too small.
      expect(at[9] - at[0]).toBeGreaterThan(9 * 150 - 50);
      // What is late on the way shortens the gap that follows by as much.
      return Math.min(...gaps) < 140 ? gaps : null;
    });
    expect((await lab.truth()).peak, "they overlap all the same").toBeGreaterThan(1);
    expect((await playground.readTasks())[9].ms.host).toBeGreaterThan(1_300);
    await expect(playground.summary).toContainText("The hosts bind");
  });

  test("jitter: gaps differ, and none is below its share of the delay", async ({ lab, playground }) => {
    test.setTimeout(120_000);
    const urls = Array.from({ length: 10 }, (_, task) => `lab/delay/30?task=${task}`);
    await settle(lab, playground, { strategy: "all at once", "host-delay": 200, jitter: 50, urls });
    await expectOnce(5, async () => {
      const at = await arrivals(lab, playground);
      const gaps = at.slice(1).map((arrival, index) => arrival - at[index]);
      const [least, most] = [Math.min(...gaps), Math.max(...gaps)];
      return least < 90 || most - least < 40 ? gaps : null;
    });
  });
});

test("per-host limit: each of two servers gets two at a time", async ({ lab, playground }) => {
  const other = await Server.start();
  try {
    const urls = Array.from({ length: 16 }, (_, task) => (task % 2 ? other : lab).url(`lab/delay/${150 + task}`));
    await playground.open({ ...own, net: "Live", strategy: "semaphore", n: 8, "per-host": 2, urls });
    await playground.runToEnd();
    expect((await lab.truth()).peak).toBe(2);
    expect((await other.truth()).peak).toBe(2);
    expect(await playground.figures("Peak in flight"), "and both at the same time").toEqual(["4"]);
    expect(await playground.outcomes()).toEqual(urls.map(() => "200"));
  } finally {
    await other.stop();
  }
});

test.describe("stop at the first failure", () => {
  const good = "lab/delay/100";
  const bad = "lab/status/404?ms=400";
  const lasting = ["lab/hang", "lab/delay/20000"];
  const waiting = ["lab/delay/30?task=0", "lab/delay/30?task=1"];

  // The three that go on when the 404 comes fill a limit of three; all at once has no one waiting.
  for (const strategy of ["semaphore", "buffer unordered", "worker pool", "pipeline", "adaptive", "all at once", "sequential"]) {
    test(`${strategy}: the rest is let go at the server`, async ({ complaints, lab, playground }) => {
      complaints.allow(/Failed to load resource/);
      const urls = [good, bad, ...lasting, ...waiting];
      await playground.open({ ...own, lab: lab.address, strategy, n: 3, "stop-at-first": 1, urls });
      await playground.runToEnd(15_000);
      await expect.poll(async () => (await lab.truth()).in_flight).toBe(0);
      const { requests } = await lab.truth();
      const failed = requests.find((entry) => entry.path === `/${bad}`)!;
      const begun = requests.map((entry) => entry.path).filter((path) => lasting.includes(path.slice(1)));
      expectAborted(requests, begun.map((path) => path.slice(1)), failed.departure_ms!);
      if (strategy !== "adaptive" && strategy !== "sequential") expect(begun).toHaveLength(2);
      const outcomes = await playground.outcomes();
      expect(outcomes.slice(0, 4)).toEqual(["200", "404", "cancelled", "cancelled"]);
      if (strategy !== "all at once") {
        expect(requests.some((entry) => entry.path.includes("task="))).toBe(false);
        expect(outcomes.slice(4)).toEqual(["cancelled", "cancelled"]);
      }
      await expect(playground.summary).toContainText("The first failure ended it, as it was set to");
      await expect(playground.page.locator(".headline .sub")).toContainText("The first failure ended it.");
      expect(await playground.figures("Failed")).toEqual(["1"]);
      const log = await playground.readLog();
      expect(log.at(-1)!.text).toBe("run stopped at the first failure");
    });
  }

  test("the headline does not speak as if all of it was done", async ({ complaints, lab, playground }) => {
    complaints.allow(/Failed to load resource/);
    await playground.open({ ...own, lab: lab.address, n: 3, "stop-at-first": 1, urls: [good, bad, ...lasting, ...waiting] });
    await playground.runToEnd(15_000);
    await expect(playground.headline).toContainText(/2 of 6 tasks had ended|first failure/);
  });

  test("else everything is collected", async ({ complaints, lab, playground }) => {
    complaints.allow(/Failed to load resource/);
    await playground.open({ ...own, lab: lab.address, n: 3, urls: [good, bad, ...waiting] });
    await playground.runToEnd();
    expect(await playground.outcomes()).toEqual(["200", "404", "200", "200"]);
  });
});

test("run timeout: what goes on then is let go at the server, and that is said", async ({ lab, playground }) => {
  const urls = ["lab/delay/100", "lab/hang", "lab/delay/20000", "lab/delay/30?waiting"];
  await playground.open({ ...own, lab: lab.address, n: 2, "run-timeout": 1, urls });
  await playground.runToEnd(15_000);
  await expect.poll(async () => (await lab.truth()).in_flight).toBe(0);
  const { requests } = await lab.truth();
  expectAborted(requests, urls.slice(1, 3), requests[0].arrival_ms + 1_000);
  expect(requests).toHaveLength(3);
  expect(await playground.outcomes()).toEqual(["200", "cancelled", "cancelled", "cancelled"]);
  expect((await playground.totalsMs())[0]).toBeGreaterThanOrEqual(1_000);
  await expect(playground.summary).toContainText("The time for the whole run was up");
  await expect(playground.headline).toContainText(/1 of 4 tasks had ended|time was up/);
});
