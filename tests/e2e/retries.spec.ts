// Tries that follow a failure: how far apart the server sees them, whose word counts, and when it is enough.

import { type Entry, expect, newKey, type Server, test } from "./lab";
import { type Playground } from "./playground";

const own = { preset: "own", compare: 0 } as const;

test.beforeEach(({ complaints }) => complaints.allow(/Failed to load resource/));

interface Again {
  at: number;
  task: number;
  waitMs: number;
  isTold: boolean;
}

/** What the log says of tries to come. */
async function announced(playground: Playground): Promise<Again[]> {
  return (await playground.readLog()).flatMap(({ at, text }) => {
    const found = /^task (\d+) is tried again in ([\d.]+)\sms, (as the server says \(Retry-After\)|by back-off: no Retry-After)/.exec(text);
    return found ? [{ at, task: Number(found[1]), waitMs: Number(found[2]), isTold: found[3].startsWith("as") }] : [];
  });
}

/** The requests of each task: the lines of a list differ. */
const attempts = async (lab: Server, urls: string[]): Promise<Entry[][]> => {
  const { requests } = await lab.truth();
  return urls.map((url) => requests.filter((entry) => entry.path === `/${url}`));
};

/** Expects that the server saw each try as late as the log had said, and not much later. */
function expectSpaced(tries: Entry[], said: Again[]): void {
  expect(tries).toHaveLength(said.length + 1);
  for (const [index, { waitMs }] of said.entries()) {
    const rest = tries[index + 1].arrival_ms - tries[index].departure_ms!;
    // The server has sent the last byte before the page has read it, so the page's wait is never the longer one.
    expect(rest, `before try ${index + 2}`).toBeGreaterThanOrEqual(waitMs - 1);
    expect(rest, `before try ${index + 2}`).toBeLessThan(waitMs + 2_000);
  }
}

test("a server that fails twice is asked three times, as late as the log says", async ({ lab, playground }) => {
  const url = `lab/flaky/${newKey()}?fails=2&ms=50`;
  await playground.open({ ...own, lab: lab.address, retries: 3, backoff: 200, urls: [url] });
  await playground.runToEnd();
  const said = await announced(playground);
  const [tries] = await attempts(lab, [url]);
  expectSpaced(tries, said);
  expect(said.map(({ isTold }) => isTold)).toEqual([false, false]);
  // Full jitter: anything up to the back-off, which doubles.
  expect(said[0].waitMs).toBeLessThanOrEqual(200);
  expect(said[1].waitMs).toBeLessThanOrEqual(400);
  const [task] = await playground.readTasks();
  expect(task.outcome).toBe("200");
  // What is waited before a try is a wait of its own, or the host's.
  expect((task.ms["back-off"] ?? task.ms.backoff ?? 0) + (task.ms.host ?? 0)).toBeGreaterThanOrEqual(said[0].waitMs + said[1].waitMs - 1);
  expect(await playground.figures("Failed")).toEqual(["0"]);
});

test("several tasks on one host: each ends well, and each try is as late as was said", async ({ lab, playground }) => {
  const urls = Array.from({ length: 6 }, (_, task) => `lab/flaky/${newKey()}?fails=${task % 3}&ms=60`);
  await playground.open({ ...own, lab: lab.address, n: 3, retries: 3, backoff: 200, urls });
  await playground.runToEnd();
  const said = await announced(playground);
  const tries = await attempts(lab, urls);
  for (const [task, ofTask] of tries.entries()) {
    expect(ofTask.map((entry) => entry.end)).toEqual(Array((task % 3) + 1).fill("complete"));
    expectSpaced(ofTask, said.filter((again) => again.task === task + 1));
  }
  expect((await lab.truth()).peak).toBeLessThanOrEqual(3);
  expect(await playground.outcomes()).toEqual(urls.map(() => "200"));
});

test("while one waits for its next try, its permit is another's", async ({ lab, playground }) => {
  // Another server, since a 503 asks for a break on behalf of its whole host.
  const flaky = `lab/status/500?ms=30&key=${newKey()}`;
  const others = Array.from({ length: 8 }, (_, task) => `lab/delay/50?task=${task}`);
  await playground.open({ ...own, lab: lab.address, n: 1, retries: 1, backoff: 20_000, seed: 3, urls: [flaky, ...others] });
  await playground.start();
  await expect.poll(async () => (await playground.outcomes()).slice(1)).toEqual(others.map(() => "200"));
  expect((await lab.truth()).peak).toBe(1);
  await playground.stop.click();
  await playground.finished();
});

test("Retry-After is taken at its word, and so is the stall limit", async ({ lab, playground }) => {
  const url = "lab/status/503?retry_after=1&ms=20";
  await playground.open({ ...own, lab: lab.address, retries: 2, backoff: 5, stall: 3, urls: [url] });
  await playground.runToEnd();
  const said = await announced(playground);
  // Being put off uses up no retry, but the stall limit's time; each try and each answer takes some of that.
  expect(said.length).toBe(2);
  for (const again of said) expect(again).toMatchObject({ waitMs: 1_000, isTold: true });
  const [tries] = await attempts(lab, [url]);
  expectSpaced(tries, said);
  expect(await playground.outcomes()).toEqual(["503"]);
  const log = await playground.readLog();
  expect(log.map(({ text }) => text)).toContain("task 1 is not tried again: it was put off up to the stall limit");
});

test("a host that asks for a break gets it from everyone", async ({ lab, playground }) => {
  const busy = `lab/limited/${newKey()}?rps=1&burst=1`;
  // Two for one token: one is refused, and nobody goes to that host for a second.
  const urls = [busy, busy, ...Array.from({ length: 4 }, (_, task) => `lab/delay/200?task=${task}`)];
  await playground.open({ ...own, lab: lab.address, n: 2, retries: 3, urls });
  await playground.runToEnd();
  const { requests } = await lab.truth();
  const said = await announced(playground);
  expect(said.length).toBeGreaterThan(0);
  expect(said[0]).toMatchObject({ waitMs: 1_000, isTold: true });
  const refused = requests.filter((entry) => `/${busy}` === entry.path)[1];
  // Who was sent before the page knew is not called back.
  const KNOWN_MS = 250;
  const held = requests.filter(
    (entry) => entry.arrival_ms > refused.departure_ms! + KNOWN_MS && entry.arrival_ms < refused.departure_ms! + 999,
  );
  expect(held, "asked during the break").toEqual([]);
  expect(await playground.outcomes()).toEqual(urls.map(() => "200"));
});

test("a server's rate limit is found out by its 429s, and all tasks end well", async ({ lab, playground }) => {
  const url = `lab/limited/${newKey()}?rps=4&burst=2&ms=40`;
  await playground.open({ ...own, lab: lab.address, n: 3, retries: 3, urls: Array(8).fill(url) });
  await playground.runToEnd(60_000);
  expect(await playground.outcomes()).toEqual(Array(8).fill("200"));
  const said = await announced(playground);
  expect(said.length).toBeGreaterThan(0);
  expect(said.every(({ isTold }) => isTold)).toBe(true);
  expect((await lab.truth()).requests).toHaveLength(8 + said.length);
});

test("retries are used up, and then the failure stands", async ({ lab, playground }) => {
  const url = "lab/status/500?ms=20";
  await playground.open({ ...own, lab: lab.address, retries: 2, backoff: 50, urls: [url] });
  await playground.runToEnd();
  const [tries] = await attempts(lab, [url]);
  expect(tries).toHaveLength(3);
  expectSpaced(tries, await announced(playground));
  expect(await playground.outcomes()).toEqual(["500"]);
  const log = (await playground.readLog()).map(({ text }) => text);
  expect(log).toContain("task 1 is not tried again: its retries are used up");
});

test("a broken connection and a timeout are tried again, a 404 is not", async ({ lab, playground }) => {
  const urls = ["lab/drop?ms=30", "lab/hang", "lab/status/404?ms=20"];
  await playground.open({ ...own, lab: lab.address, n: 3, retries: 1, backoff: 50, timeout: 700, urls });
  await playground.runToEnd();
  // A connection that broke may have been tried once more by the browser itself.
  const [dropped, hung, missing] = await attempts(lab, urls);
  expect(dropped.length).toBeGreaterThanOrEqual(2);
  expect([hung.length, missing.length]).toEqual([2, 1]);
  expect(hung.map((entry) => entry.end)).toEqual(["aborted", "aborted"]);
  expect(await playground.outcomes()).toEqual(["network error", "timeout", "404"]);
  expect((await announced(playground)).map(({ task }) => task).sort()).toEqual([1, 2]);
});

test("without retries nothing is tried again", async ({ lab, playground }) => {
  await playground.open({ ...own, lab: lab.address, urls: [`lab/flaky/${newKey()}?fails=1`, "lab/status/503?retry_after=1"] });
  await playground.runToEnd();
  expect((await lab.truth()).requests).toHaveLength(2);
  expect(await playground.outcomes()).toEqual(["503", "503"]);
  expect(await announced(playground)).toEqual([]);
});

for (const race of [0, 1] as const) {
  test(`two runs that are compared each meet servers that have not heard of the other${race ? ", at the same time too" : ""}`, async ({
    lab,
    playground,
  }) => {
    const urls = [1, 2].map((task) => `lab/flaky/${newKey()}-{run}?fails=1&ms=20&task=${task}`);
    await playground.open({ preset: "own", lab: lab.address, n: 2, compare: 1, race, retries: 1, backoff: 10, urls });
    await playground.runToEnd();
    // Each task fails once in each run.
    const { requests } = await lab.truth();
    expect(requests).toHaveLength(2 * 2 * 2);
    expect(new Set(requests.map(({ path }) => path)).size).toBe(2 * 2);
  });
}
