// One task is cancelled, and nothing else: by the button in its row, by the keyboard, and by the cross behind its bar.

import { expect, type Server, test } from "./lab";
import { type Drawn, drawnTexts, type Playground, watchCanvas } from "./playground";

const LASTING = ["lab/hang", "lab/delay/30000?task=1", "lab/bytes/1000000?rate=20000&task=2"];
const WAITING = ["lab/delay/60?task=3", "lab/delay/60?task=4"];
const own = { preset: "own", n: 3, compare: 0, timeout: 60_000 } as const;

/** Three are in flight, two wait for their permits. */
async function midRun(lab: Server, playground: Playground): Promise<void> {
  await playground.open({ ...own, lab: lab.address, urls: [...LASTING, ...WAITING] });
  await playground.start();
  await expect.poll(async () => (await lab.truth()).in_flight).toBe(3);
  await expect(playground.cancel(1)).toBeVisible();
}

/** Expects that the server sees this one aborted, and soon, and that its permit serves those who wait. */
async function expectCancelled(lab: Server, playground: Playground, route: string, cancelledAt: number): Promise<void> {
  const aborted = async () => (await lab.truth()).requests.filter((entry) => entry.end === "aborted");
  await expect.poll(async () => (await aborted()).map((entry) => entry.path)).toEqual([`/${route}`]);
  const [entry] = await aborted();
  expect(entry.departure_ms! - cancelledAt).toBeLessThan(1_000);
  await expect.poll(async () => (await playground.outcomes()).slice(3)).toEqual(["200", "200"]);
  const { in_flight, requests } = await lab.truth();
  expect(in_flight, "the other two go on").toBe(2);
  for (const waiting of WAITING) {
    const after = requests.find((request) => request.path === `/${waiting}`)!;
    expect(after.arrival_ms).toBeGreaterThanOrEqual(cancelledAt);
    expect(after.end).toBe("complete");
  }
}

async function end(lab: Server, playground: Playground): Promise<void> {
  await playground.stop.click();
  await playground.finished();
  await expect.poll(async () => (await lab.truth()).in_flight).toBe(0);
}

for (const task of [1, 2, 3]) {
  test(`the button in its row cancels task ${task}, and no other`, async ({ lab, playground }) => {
    await midRun(lab, playground);
    const cancelledAt = (await lab.truth()).now_ms;
    await playground.cancel(task).click();
    await expectCancelled(lab, playground, LASTING[task - 1], cancelledAt);
    const outcomes = await playground.outcomes();
    expect(outcomes[task - 1]).toMatch(/^cancelled/);
    await expect(playground.cancel(task)).toHaveCount(0);
    expect((await playground.readTasks())[task - 1].reason).toBe("Stopped before it ended.");
    const log = (await playground.readLog()).map(({ text }) => text);
    expect(log).toContain(`task ${task} ends: cancelled`);
    await end(lab, playground);
  });
}

test("the rest ends well, and the figures count one cancelled", async ({ lab, playground }) => {
  const urls = ["lab/delay/600?task=0", "lab/hang", "lab/delay/700?task=2", ...WAITING];
  await playground.open({ ...own, lab: lab.address, urls });
  await playground.start();
  await expect.poll(async () => (await lab.truth()).in_flight).toBe(3);
  await playground.cancel(2).click();
  await playground.finished();
  expect(await playground.outcomes()).toEqual(["200", "cancelled", "200", "200", "200"]);
  expect(await playground.figures("Cancelled")).toEqual(["1"]);
  expect(await playground.figures("Failed")).toEqual(["0"]);
  expect((await lab.truth()).requests.filter((entry) => entry.end === "complete")).toHaveLength(4);
  // The abort and the next request travel on two connections: the server may hear of the next one first.
  expect((await lab.truth()).peak).toBeLessThanOrEqual(4);
});

test("who waits for a permit is cancelled too, and is never sent", async ({ lab, playground }) => {
  await midRun(lab, playground);
  await playground.cancel(4).click();
  await playground.cancel(1).click(); // makes room
  await expect.poll(async () => (await playground.outcomes())[4]).toBe("200");
  expect((await lab.truth()).requests.map((entry) => entry.path)).not.toContain(`/${WAITING[0]}`);
  expect((await playground.outcomes())[3]).toBe("cancelled");
  await end(lab, playground);
});

test("by keyboard: the button takes the focus, and Enter cancels", async ({ lab, page, playground }) => {
  await midRun(lab, playground);
  await playground.cancel(1).focus();
  await page.keyboard.press("Tab"); // the row’s own button
  await page.keyboard.press("Tab");
  await expect(playground.cancel(2)).toBeFocused();
  const cancelledAt = (await lab.truth()).now_ms;
  await page.keyboard.press("Enter");
  await expectCancelled(lab, playground, LASTING[1], cancelledAt);
  await end(lab, playground);
});

test("the buttons are there while there is something to cancel, and no longer", async ({ lab, page, playground }) => {
  const buttons = page.getByRole("button", { name: /^Cancel task/ });
  await playground.open({ ...own, lab: lab.address, urls: LASTING });
  await expect(buttons).toHaveCount(0);
  await playground.start();
  await expect(buttons).toHaveCount(3);
  await end(lab, playground);
  await expect(buttons).toHaveCount(0);
});

/** The crosses of the canvas, from the top. */
async function crosses(playground: Playground): Promise<Drawn[]> {
  const texts = await drawnTexts(playground.page);
  return texts.filter(({ text }) => text === "×").sort((one, other) => one.y - other.y);
}

async function clickCanvas(playground: Playground, x: number, y: number): Promise<void> {
  const box = (await playground.timeline.getByRole("img").boundingBox())!;
  await playground.page.mouse.click(box.x + x, box.y + y);
}

test("the cross behind its bar on the canvas does the same", async ({ lab, page, playground }) => {
  await watchCanvas(page);
  // Long tasks make a long axis, on which the crosses move slowly.
  const urls = ["lab/delay/55000?task=0", "lab/delay/55000?task=1", "lab/delay/55000?task=2", ...WAITING];
  await playground.open({ ...own, lab: lab.address, urls });
  await playground.timeline.scrollIntoViewIfNeeded();
  await playground.start();
  await expect.poll(async () => (await lab.truth()).in_flight).toBe(3);
  await expect.poll(async () => (await crosses(playground)).length, "one for each task that has not ended").toBe(5);

  // On the bar, which is not the cross, a click does nothing.
  const [first] = await crosses(playground);
  await clickCanvas(playground, first.x + 60, first.y - 4);
  const { x, y } = (await crosses(playground))[1];
  const cancelledAt = (await lab.truth()).now_ms;
  await clickCanvas(playground, x + 4, y - 4);
  await expect
    .poll(async () => (await lab.truth()).requests.filter((entry) => entry.end === "aborted").map((entry) => entry.path))
    .toEqual([`/${urls[1]}`]);
  const { requests } = await lab.truth();
  expect(requests[1].departure_ms! - cancelledAt).toBeLessThan(1_000);
  await expect.poll(async () => (await playground.outcomes()).slice(3)).toEqual(["200", "200"]);
  await expect.poll(async () => (await crosses(playground)).length).toBe(2);
  expect((await drawnTexts(page)).map(({ text }) => text)).toContain("cancelled");
  await end(lab, playground);
  expect(await crosses(playground)).toEqual([]);
});

test("one of a race is cancelled, and the others race on", async ({ lab, playground }) => {
  const urls = ["lab/hang", "lab/delay/1500?task=1", "lab/delay/20000?task=2"];
  await playground.open({ ...own, lab: lab.address, strategy: "race", urls });
  await playground.start();
  await expect.poll(async () => (await lab.truth()).in_flight).toBe(3);
  await playground.cancel(1).click();
  await expect.poll(async () => (await lab.truth()).in_flight).toBe(2);
  await playground.finished();
  expect(await playground.outcomes()).toEqual(["cancelled", "200", "cancelled"]);
  expect((await lab.truth()).requests.map((entry) => entry.end)).toEqual(["aborted", "complete", "aborted"]);
});

for (const strategy of ["buffered", "worker pool", "pipeline", "sequential", "rate limited"]) {
  test(`${strategy}: a task that is cancelled holds up nobody`, async ({ lab, playground }) => {
    const urls = ["lab/hang", ...WAITING];
    await playground.open({ ...own, lab: lab.address, strategy, n: 1, rate: 20, urls });
    await playground.start();
    await expect.poll(async () => (await lab.truth()).requests.length).toBeGreaterThan(0);
    await playground.cancel(1).click();
    await playground.finished(10_000);
    expect(await playground.outcomes()).toEqual(["cancelled", "200", "200"]);
  });
}

test("one that nobody polls, because the consumer of the stream is busy, is cancelled at once all the same", async ({ lab, playground }) => {
  const urls = ["lab/delay/100?task=0", "lab/delay/30000?task=1"];
  await playground.open({ ...own, lab: lab.address, strategy: "buffered", store: 5_000, urls });
  await playground.start();
  // From here on the consumer works for five seconds.
  await expect.poll(async () => (await playground.readLog()).map(({ text }) => text)).toContain("the result of task 1 is taken");
  const cancelledAt = (await lab.truth()).now_ms;
  await playground.cancel(2).click();
  await expect.poll(async () => (await lab.truth()).in_flight).toBe(0);
  const aborted = (await lab.truth()).requests.find((request) => request.path === `/${urls[1]}`)!;
  expect(aborted.end).toBe("aborted");
  expect(aborted.departure_ms! - cancelledAt).toBeLessThan(1_000);
  await expect.poll(async () => (await playground.outcomes())[1]).toMatch(/^cancelled/);
  await expect(playground.run, "the consumer is not done yet").toHaveAttribute("aria-disabled", "true");
  await end(lab, playground);
});
