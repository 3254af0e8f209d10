// Settings that act while a run goes on, and the ways of comparing.

import { type Entry, expect, test } from "./lab";

const overlaps = (one: Entry, other: Entry) => one.arrival_ms < other.departure_ms! && other.arrival_ms < one.departure_ms!;

test("a shorter delay ends the pause that goes on", async ({ lab, playground }) => {
  const urls = ["lab/delay/50?task=0", "lab/delay/50?task=1"];
  await playground.open({ lab: lab.address, preset: "own", strategy: "sequential", delay: 5000, urls });
  await playground.start();
  await expect(playground.tasks).toContainText("pause");
  const changedAt = (await lab.truth()).now_ms;
  await playground.delay.fill("0");
  await playground.finished();
  const [first, second] = (await lab.truth()).requests;
  expect(second.arrival_ms - first.departure_ms!).toBeLessThan(4_000);
  expect(second.arrival_ms - changedAt).toBeLessThan(1_000);
  expect((await playground.readTasks())[1].ms.pause).toBe(0);
  expect((await playground.readLog()).some(({ text }) => text === "delay: 0 ms")).toBe(true);
});

test("a longer delay lengthens the pause that goes on", async ({ lab, playground }) => {
  const urls = ["lab/delay/50?task=0", "lab/delay/50?task=1"];
  await playground.open({ lab: lab.address, preset: "own", strategy: "sequential", delay: 2_000, urls });
  await playground.start();
  await expect(playground.tasks).toContainText("pause");
  await playground.delay.fill("3000");
  await expect.poll(async () => (await lab.truth()).requests.length).toBe(2);
  await playground.delay.fill("0");
  await playground.finished();
  const [first, second] = (await lab.truth()).requests;
  // Measured from its start, not anew from the change.
  const pause = second.arrival_ms - first.departure_ms!;
  expect(pause).toBeGreaterThan(2_990);
  expect(pause).toBeLessThan(3_600);
});

test("a change of the concurrency is in the log, the picture's limit and the lane's name", async ({ lab, playground }) => {
  await playground.open({ lab: lab.address, preset: "own", n: 1, compare: 0, urls: Array(12).fill("lab/delay/150") });
  await playground.start();
  await expect.poll(async () => (await lab.truth()).requests.length).toBeGreaterThan(1);
  await playground.concurrency.fill("4");
  await playground.finished();
  const limits = (await playground.readLog()).filter(({ text }) => text.startsWith("limit:"));
  expect(limits.map(({ text }) => text)).toEqual(["limit: 1", "limit: 4"]);
  await expect(playground.summary.getByRole("columnheader")).toHaveText(["At most 1 → 4"]);
  expect((await lab.truth()).peak).toBe(4);
});

test("both at the same time overlap at the server", async ({ lab, playground }) => {
  const urls = Array.from({ length: 4 }, (_, task) => `lab/delay/${200 + task}`);
  await playground.open({ lab: lab.address, preset: "own", n: 2, urls });
  await playground.race.check();
  await playground.runToEnd();
  const { requests, peak } = await lab.truth();
  expect(requests).toHaveLength(8);
  expect(peak).toBe(3); // one at a time, and two at once
  const firsts = requests.filter((entry) => entry.path === "/lab/delay/200");
  expect(overlaps(firsts[0], firsts[1])).toBe(true);
  const [sequential, concurrent] = await playground.totalsMs();
  expect(sequential).toBeGreaterThan(1.3 * concurrent);
});

test("else they follow one another", async ({ lab, playground }) => {
  const urls = Array.from({ length: 4 }, (_, task) => `lab/delay/${100 + task}`);
  await playground.open({ lab: lab.address, preset: "own", n: 4, urls });
  await playground.runToEnd();
  const { requests } = await lab.truth();
  const [slow, fast] = [requests.slice(0, 4), requests.slice(4)];
  expect(slow.some((one) => requests.some((other) => one !== other && overlaps(one, other)))).toBe(false);
  expect(fast.every((one) => fast.every((other) => overlaps(one, other)))).toBe(true);
});

test("without the comparison there is one run", async ({ lab, page, playground }) => {
  await playground.open({ lab: lab.address, preset: "own", n: 2, urls: ["lab/delay/50", "lab/delay/60"] });
  await playground.compare.uncheck();
  await expect(playground.race).toBeDisabled();
  await playground.runToEnd();
  expect((await lab.truth()).requests).toHaveLength(2);
  await expect(playground.summary.getByRole("columnheader")).toHaveText(["At most 2"]);
  await expect(page.getByRole("group", { name: "Run shown" })).toBeHidden();
});

test("one at a time has nothing to be compared with", async ({ lab, playground }) => {
  await playground.open({ lab: lab.address, preset: "own", strategy: "sequential", urls: ["lab/delay/50", "lab/delay/60"] });
  await expect(playground.concurrency).toBeDisabled();
  await playground.runToEnd();
  expect((await lab.truth()).requests).toHaveLength(2);
  await expect(playground.summary.getByRole("columnheader")).toHaveText(["One at a time"]);
});

test("all at once asks for everything in one moment, but never for more than 256", async ({ playground }) => {
  // Answered by the worker, for a server would be asked by six connections only.
  const urls = Array.from({ length: 300 }, (_, task) => `lab/delay/1000?task=${task}`);
  await playground.open({ preset: "own", strategy: "all at once", compare: 0, urls });
  await playground.runToEnd();
  expect(await playground.figures("Peak in flight")).toEqual(["256"]);
  expect(await playground.figures("Ended")).toEqual(["300 of 300"]);
  expect(await playground.figures("Failed")).toEqual(["0"]);
});

test("a permit kept during the pause holds up the others", async ({ lab, playground }) => {
  const urls = Array.from({ length: 6 }, (_, task) => `lab/delay/100?task=${task}`);
  const gapsMs = async () => {
    const { requests } = await lab.truth();
    // The third request takes the place of the first, by whom it was let in.
    return requests[2].arrival_ms - Math.min(...requests.slice(0, 2).map((entry) => entry.departure_ms!));
  };
  await playground.open({ lab: lab.address, preset: "own", n: 2, delay: 800, compare: 0, urls });
  await playground.runToEnd();
  expect(await gapsMs()).toBeLessThan(600);
  const [free] = await playground.totalsMs();
  await lab.reset();
  await playground.keepPermit.check();
  await playground.runToEnd();
  expect(await gapsMs()).toBeGreaterThan(795);
  const [kept] = await playground.totalsMs();
  // Three rounds of 100 ms and one pause, or three rounds of 900 ms.
  expect(free).toBeGreaterThan(1_095);
  expect(kept - free).toBeGreaterThan(800);
});
