// What a run is said to take before it is made, what that rests on, and how far off it was.

import type { Page } from "@playwright/test";
import { expect, test } from "./lab";
import { milliseconds, type Playground } from "./playground";

const FROM_DELAYS = "Predicted in virtual time from the Lab’s own delays: the way there and back is not in them.";
const FROM_BEFORE = "Predicted in virtual time from what the same requests took before.";

const urlsOf = (base: string, tasks: number, ms: number) => Array.from({ length: tasks }, (_, task) => `${base}lab/delay/${ms}?task=${task}`);
const predicted = async (playground: Playground) => (await playground.figures("Predicted")).map((said) => (said === "–" ? null : milliseconds(said)));

/** Of other settings it is not known to the millisecond: how requests of unlike length fall together differs. */
const expectNear = (predicted: number | null, ideal: number) => {
  expect(predicted).toBeGreaterThan(0.85 * ideal);
  expect(predicted).toBeLessThan(1.15 * ideal);
};

/** The run before, made again in virtual time, is shorter by what the page itself took between its tasks. */
const expectAsBefore = (predicted: number | null, before: number) => {
  expect(predicted).toBeGreaterThan(0.9 * before);
  expect(predicted).toBeLessThanOrEqual(before + 1);
};

test("in the Lab from its delays at first, then from what the requests took", async ({ lab, playground }) => {
  await playground.open({ lab: lab.address, preset: "own", n: 3, compare: 0, urls: urlsOf("", 6, 300) });
  await expect(playground.summary).not.toContainText("Predicted in virtual time");
  await playground.runToEnd();
  expect(await predicted(playground)).toEqual([600]);
  await expect(playground.summary).toContainText(FROM_DELAYS);
  const [first] = await playground.totalsMs();

  await playground.runToEnd();
  expectAsBefore((await predicted(playground))[0], first);
  await expect(playground.summary).toContainText(FROM_BEFORE);
  await expect(playground.summary).not.toContainText(FROM_DELAYS);

  // Of other settings too: in twos the same requests take three rounds.
  const [second] = await playground.totalsMs();
  await playground.concurrency.fill("2");
  await playground.runToEnd();
  expectNear((await predicted(playground))[0], 1.5 * second);

  // Of other requests nothing was measured.
  await playground.pasteUrls(urlsOf("", 4, 100));
  await playground.runToEnd();
  expect(await predicted(playground)).toEqual([200]);
  await expect(playground.summary).toContainText(FROM_DELAYS);
});

test("a run that was stopped tells nothing of the next", async ({ lab, playground }) => {
  await playground.open({ lab: lab.address, preset: "own", n: 1, compare: 0, urls: urlsOf("", 3, 800) });
  await playground.start();
  await expect.poll(async () => (await lab.truth()).requests.length).toBeGreaterThan(0);
  await playground.stop.click();
  await playground.finished();
  await playground.runToEnd();
  expect(await predicted(playground)).toEqual([2_400]);
});

test("of hosts that are not ours the first run tells of the second, and both of what comes later", async ({ lab, playground }) => {
  await playground.open({ net: "Live", preset: "own", n: 2, urls: urlsOf(lab.address, 6, 150) });
  await playground.runToEnd();
  const [unknown, fromFirst] = await predicted(playground);
  const [slow, fast] = await playground.totalsMs();
  expect(unknown).toBeNull();
  expectNear(fromFirst, slow / 2);
  await expect(playground.summary).toContainText(FROM_BEFORE);
  const off = await playground.figures("Off by");
  expect(off[0]).toBe("–");
  expect(off[1]).toMatch(/^[\d.]+\s%$/);

  await playground.runToEnd();
  const again = await predicted(playground);
  expectAsBefore(again[0], slow);
  expectAsBefore(again[1], fast);
});

test("settings that are moved during the first run count for the second", async ({ lab, playground }) => {
  await playground.open({ lab: lab.address, preset: "own", n: 2, urls: urlsOf("", 4, 400) });
  await playground.start();
  await expect.poll(async () => (await lab.truth()).requests.length).toBeGreaterThan(0);
  await playground.concurrency.fill("4");
  await playground.finished();
  expect((await lab.truth()).peak).toBe(4);
  const [, fast] = await predicted(playground);
  expectNear(fast, 400);
  await expect(playground.summary).toContainText(FROM_BEFORE);
});

test("who was asked to slow down would not have been at another pace", async ({ complaints, lab, playground }) => {
  complaints.allow(/Failed to load resource/);
  await playground.open({ lab: lab.address, preset: "own", n: 1, compare: 0, urls: Array.from({ length: 3 }, (_, task) => `lab/status/429?ms=100&task=${task}`) });
  await playground.runToEnd();
  await expect(playground.summary).toContainText(FROM_DELAYS);
  await playground.runToEnd();
  await expect(playground.summary).toContainText(FROM_BEFORE);
  await playground.concurrency.fill("3");
  await playground.runToEnd();
  await expect(playground.summary).toContainText(FROM_DELAYS);
  expect(await predicted(playground)).toEqual([100]);
});

/** What is said of the settings before they are run. */
const foreseen = async (page: Page) => {
  const said = page.locator(".headline .sub");
  await expect(said).toContainText("With these settings it would take about");
  return /about ([\d.]+\s\S+?),/.exec(await said.innerText())![1];
};

test("once it is measured, the picture of other settings follows the slider below it", async ({ lab, page, playground }) => {
  await playground.open({ net: "Live", preset: "own", n: 3, compare: 0, urls: urlsOf(lab.address, 6, 250) });
  const picture = playground.timeline.getByRole("img");
  // Nothing is known of these requests yet.
  await playground.concurrency.fill("2");
  await expect(page).toHaveURL(/n=2/);
  await expect(picture).not.toHaveAccessibleName(/Predicted/);
  await playground.concurrency.fill("3");
  await playground.runToEnd();
  const [measured] = await playground.totalsMs();

  // Three rounds, six and one, where two were measured, of which the first opened the connections.
  for (const [limit, least, most] of [["2", 1.25, 1.85], ["1", 2.5, 3.3], ["6", 0.3, 0.85]] as const) {
    await playground.concurrency.fill(limit);
    await expect(picture).toHaveAccessibleName(new RegExp(`: At most 3, Predicted: At most ${limit}\\.`));
    const ms = milliseconds(await foreseen(page));
    expect(ms, limit).toBeGreaterThan(measured * least);
    expect(ms, limit).toBeLessThan(measured * most);
  }
  await expect(playground.status).toContainText("With these settings it would take about");
  const said = await foreseen(page);

  // It is in view, and its bars say what they are.
  await expect.poll(() => page.locator(".chart .viewport").evaluate((view) => view.scrollTop + view.clientHeight >= view.scrollHeight - 1)).toBe(true);
  const box = (await picture.boundingBox())!;
  await page.mouse.move(box.x + 140 + 0.1 * (box.width - 140), box.y + box.height - 65);
  await expect(page.locator(".tip")).toContainText(lab.address);
  await expect(page.locator(".tip")).toContainText("predicted");
  // They were no requests, so none can be selected.
  await page.mouse.click(box.x + 140 + 0.1 * (box.width - 140), box.y + box.height - 65);
  await expect(page.getByRole("region", { name: "Task detail", exact: true })).toHaveCount(0);

  await playground.runToEnd();
  expect(await playground.figures("Predicted")).toEqual([said]);
  await expect(picture).not.toHaveAccessibleName(/Predicted/);
});

test("what is foreseen of more requests than a browser has connections waits for those", async ({ lab, page, playground }) => {
  await playground.open({ net: "Live", preset: "own", n: 6, compare: 0, urls: urlsOf(lab.address, 12, 200) });
  await playground.runToEnd();
  const [first] = await playground.totalsMs();
  await playground.concurrency.fill("12");
  // With twelve at once it would be half of that.
  expectNear(milliseconds(await foreseen(page)), first);
  await playground.runToEnd();
  // Six at a time by HTTP/1.1, whatever is asked for: two rounds.
  const [second] = await playground.totalsMs();
  expect(second).toBeGreaterThanOrEqual(400);
});

test("while a slider is dragged over what was measured, what is foreseen stays", async ({ lab, playground }) => {
  await playground.open({ lab: lab.address, preset: "own", n: 3, urls: urlsOf("", 6, 100) });
  await playground.runToEnd();
  const picture = playground.timeline.getByRole("img");
  for (const limit of ["2", "3", "4"]) {
    await playground.concurrency.fill(limit);
    await expect(picture).toHaveAccessibleName(new RegExp(`: One at a time, At most 3, Predicted: At most ${limit}\\.`));
  }
  // Of a crawl, or of a list that was changed, the Lab's own delays tell.
  await playground.pasteUrls(urlsOf("", 4, 200));
  await expect(playground.status).toContainText("With these settings it would take about 200\u00a0ms, by the Lab’s own delays.");
});

test("a slider that is moved in a replay leaves its axis whole", async ({ lab, page, playground }) => {
  await playground.open({ lab: lab.address, preset: "own", n: 1, compare: 0, urls: urlsOf("", 5, 200) });
  await playground.runToEnd();
  const inView = async () => /In view: (.+?)\. The tasks/.exec((await playground.timeline.getByRole("img").getAttribute("aria-label"))!)![1];
  const whole = await inView();
  await page.getByRole("button", { name: "Replay", exact: true }).click();
  await playground.concurrency.fill("5");
  await expect(playground.timeline.getByRole("img")).toHaveAccessibleName(/Predicted: At most 5/);
  expect(await inView()).toBe(whole);
});
