// Runs that are pinned: they stay on the axis when others come, and the last is held against the first of them, or those that are
// chosen against each other.

import { expect, test } from "./lab";
import { type Playground } from "./playground";

const pin = (playground: Playground) => playground.page.getByRole("button", { name: "Pin", exact: true });
const region = (playground: Playground) => playground.page.getByRole("region", { name: "Comparison", exact: true });
const fixed = { net: "Simulation", latency: "fixed 200", tasks: 8, compare: 0 };

test("a pinned run stays, the next is drawn below it, and both are compared task by task", async ({ page, playground }) => {
  await playground.open({ ...fixed, n: 2 });
  await playground.runToEnd();
  await expect(region(playground)).toBeHidden();
  await pin(playground).click();
  await expect(pin(playground)).toHaveAttribute("aria-pressed", "true");
  await playground.concurrency.fill("8");
  await playground.runToEnd();
  expect(await playground.totalsMs()).toEqual([800, 200]);
  await expect(playground.headline).toHaveText("Eight at a time took 200\u00a0ms instead of 800\u00a0ms by “A · At most 2”: 4.0\u00a0times faster.");
  await expect(region(playground)).toContainText("“At most 8” took 200\u00a0ms, “A · At most 2” 800\u00a0ms: −75\u00a0%.");
  const table = page.getByRole("table", { name: "Comparison, task by task" });
  await expect(table).toHaveAttribute("aria-rowcount", "9");
  const last = await table.locator('tr[aria-rowindex="9"] td').allInnerTexts();
  expect(last).toEqual(["8", "simulated", "800.0", "200.0", "−75\u00a0%", "200.0", "200.0", "as long"]);

  // Its table is there as before, and its pin can be taken away again.
  await playground.show("A · At most 2");
  expect((await playground.readTasks()).length).toBe(8);
  await pin(playground).click();
  await expect(region(playground)).toBeHidden();
  expect(await playground.totalsMs()).toEqual([200]);
});

test("a measured run stays pinned while settings are tried, and beside a comparison; three at the most", async ({ lab, page, playground }) => {
  const urls = Array.from({ length: 4 }, (_, task) => `lab/delay/100?task=${task}`);
  await playground.open({ lab: lab.address, preset: "own", n: 1, compare: 0, urls });
  await playground.runToEnd();
  const [first] = await playground.totalsMs();
  await pin(playground).click();
  await playground.concurrency.fill("2");
  // What was measured is not another for that.
  expect((await playground.totalsMs())[0]).toBe(first);
  await playground.runToEnd();
  await pin(playground).click();
  await page.getByRole("checkbox", { name: "Compare with sequential" }).check();
  await playground.runToEnd();
  const totals = await playground.totalsMs();
  expect(totals.length).toBe(4);
  expect(totals[0]).toBe(first);
  expect((await lab.truth()).peak).toBeLessThanOrEqual(2);
  await pin(playground).click();
  await playground.show("One at a time");
  await expect(pin(playground)).toHaveAttribute("aria-disabled", "true");
  await expect(pin(playground)).toHaveAttribute("aria-pressed", "false");
});

test("of more than two runs the visitor chooses which two are compared, and that stays so when others come and go", async ({ page, playground }) => {
  const baseline = page.getByRole("combobox", { name: "Baseline", exact: true });
  const compared = page.getByRole("combobox", { name: "Compared run", exact: true });
  const chosen = async () => [await baseline.locator("option:checked").innerText(), await compared.locator("option:checked").innerText()];
  await playground.open({ ...fixed, n: 1 });
  await playground.runToEnd();
  await pin(playground).click();
  await playground.concurrency.fill("2");
  await playground.runToEnd();
  // Two leave no choice.
  await expect(region(playground)).toContainText("“At most 2” took 800\u00a0ms, “A · At most 1” 1.60\u00a0s: −50\u00a0%.");
  await expect(baseline).toHaveCount(0);
  await pin(playground).click();
  await playground.concurrency.fill("4");
  await playground.runToEnd();
  // The first and the last, until another is chosen.
  expect(await chosen()).toEqual(["A · At most 1", "At most 4"]);
  await expect(region(playground)).toContainText("“At most 4” took 400\u00a0ms, “A · At most 1” 1.60\u00a0s: −75\u00a0%.");
  await baseline.selectOption("B · At most 2");
  await expect(region(playground)).toContainText("“At most 4” took 400\u00a0ms, “B · At most 2” 800\u00a0ms: −50\u00a0%.");
  const table = page.getByRole("table", { name: "Comparison, task by task" });
  expect(await table.locator("thead th").allInnerTexts()).toEqual(["#", "Target", "Done, B", "Done", "Change", "In flight, B", "In flight", "Change"]);
  const last = () => table.locator('tr[aria-rowindex="9"] td').allInnerTexts();
  expect(await last()).toEqual(["8", "simulated", "800.0", "400.0", "−50\u00a0%", "200.0", "200.0", "as long"]);
  // At a moment of a replay it is the same two.
  await page.getByRole("slider", { name: "Moment of the run" }).fill("400");
  await expect.poll(async () => (await last()).slice(2, 5)).toEqual(["–", "400.0", ""]);
  await compared.selectOption("A · At most 1");
  expect(await table.locator("thead th").nth(3).innerText()).toBe("Done, A");
  await expect.poll(async () => (await last()).slice(2, 5)).toEqual(["–", "–", ""]);
  await page.getByRole("button", { name: "Whole run", exact: true }).click();
  await expect(region(playground)).toContainText("“A · At most 1” took 1.60\u00a0s, “B · At most 2” 800\u00a0ms");
  // What is chosen on both sides changes places.
  await baseline.selectOption("A · At most 1");
  expect(await chosen()).toEqual(["A · At most 1", "B · At most 2"]);
  // It stays when the next run comes,
  await playground.concurrency.fill("8");
  await playground.runToEnd();
  expect(await chosen()).toEqual(["A · At most 1", "B · At most 2"]);
  // The last is the last of then.
  await compared.selectOption("At most 8");
  await baseline.selectOption("B · At most 2");
  await playground.concurrency.fill("3");
  await playground.runToEnd();
  expect(await chosen()).toEqual(["B · At most 2", "At most 3"]);
  // and who is not there any more is held against nothing.
  await playground.show("B · At most 2");
  await pin(playground).click();
  await expect(baseline).toHaveCount(0);
  await expect(region(playground)).toContainText("“At most 3” took 600\u00a0ms, “A · At most 1” 1.60\u00a0s");
});

test("a run that is not pinned can be the baseline, by keyboard too", async ({ page, playground }) => {
  await playground.open({ ...fixed, n: 1 });
  await playground.runToEnd();
  await pin(playground).click();
  await playground.compare.check();
  await playground.concurrency.fill("4");
  await playground.runToEnd();
  const baseline = page.getByRole("combobox", { name: "Baseline", exact: true });
  await baseline.focus();
  await page.keyboard.press("ArrowDown");
  await expect(region(playground)).toContainText("“At most 4” took 400\u00a0ms, “One at a time” 1.60\u00a0s: −75\u00a0%.");
  await expect(baseline).toBeFocused();
  const table = page.getByRole("table", { name: "Comparison, task by task" });
  await expect(table.locator("thead th").nth(2)).toHaveText("Done, baseline");
  // What a column is of stays within it.
  const cut = await table.locator("thead th").evaluateAll((heads) => heads.filter((head) => head.scrollWidth > head.clientWidth).map((head) => head.textContent));
  expect(cut).toEqual([]);
});

test("a pinned run is in the replay, and a reload begins anew", async ({ page, playground }) => {
  await playground.open({ ...fixed, n: 2 });
  await playground.runToEnd();
  await pin(playground).click();
  await playground.concurrency.fill("4");
  await playground.runToEnd();
  await page.getByRole("slider", { name: "Moment of the run" }).fill("500");
  // Half of the 800 ms: four of eight have ended two at a time, and all of them four at a time.
  await expect.poll(() => playground.figures("Ended")).toEqual(["4 of 8", "8 of 8"]);
  // Task by task, too: what has not ended is not held against anything.
  await expect(region(playground)).toContainText("Replay: 400\u00a0ms of 800\u00a0ms. Each task as it was then.");
  const row = (task: number) => region(playground).locator(`tr[aria-rowindex="${task + 1}"] td`).allInnerTexts();
  expect(await row(1)).toEqual(["1", "simulated", "200.0", "200.0", "as long", "200.0", "200.0", "as long"]);
  expect(await row(8)).toEqual(["8", "simulated", "–", "400.0", "", "0.0", "200.0", ""]);
  await page.getByRole("button", { name: "Whole run", exact: true }).click();
  await expect(region(playground)).toContainText("“At most 4” took 400\u00a0ms");
  expect(await row(8)).toEqual(["8", "simulated", "800.0", "400.0", "−50\u00a0%", "200.0", "200.0", "as long"]);
  await page.getByRole("slider", { name: "Moment of the run" }).fill("500");
  await expect.poll(() => playground.figures("Ended")).toEqual(["4 of 8", "8 of 8"]);
  await pin(playground).click();
  await expect.poll(() => playground.figures("Ended")).toEqual(["8 of 8", "8 of 8"]);
  await page.reload();
  await playground.runToEnd();
  expect((await playground.totalsMs()).length).toBe(1);
});

test("what is of the whole run says so in a replay, and only there", async ({ page, playground }) => {
  await playground.open({ ...fixed, n: 2 });
  await playground.runToEnd();
  const sections = ["What if?", "If one bound were lifted"].map((name) => page.getByRole("region", { name, exact: true }));
  const said = "Of the whole run, not of the moment shown.";
  const words = () => Promise.all(sections.map((section) => section.locator(".hint").innerText()));
  await expect.poll(async () => (await words()).every((text) => text.length > 20)).toBe(true);
  const whole = await words();
  expect(whole.filter((text) => text.includes(said))).toEqual([]);
  const heights = () => Promise.all(sections.map(async (section) => (await section.boundingBox())!.height));
  const before = await heights();
  await page.getByRole("slider", { name: "Moment of the run" }).fill("500");
  await expect.poll(words).toEqual(whole.map((text) => `${said} ${text}`));
  expect(await heights()).toEqual(before);
  // Why it was not faster is no matter of the moment either.
  const why = playground.summary.locator("p.why");
  await expect(why).toHaveText(new RegExp(`^${said} Permits bind`));
  await expect(playground.summary.locator(".critical")).toContainText("The critical path, which set the end after");
  await page.getByRole("button", { name: "Whole run", exact: true }).click();
  await expect.poll(words).toEqual(whole);
  await expect(why).toHaveText(/^Permits bind/);
});

test("of a crawl and a list, each shows what it has", async ({ page, playground }) => {
  await playground.open({ preset: "crawl-small", compare: 0 });
  const crawl = page.getByRole("region", { name: "Crawl", exact: true });
  await playground.runToEnd();
  await pin(playground).click();
  await expect(crawl).toBeVisible();
  await playground.preset.selectOption("five");
  await expect(crawl).toHaveCount(0);
  await playground.show(/^A · /);
  await expect(crawl).toContainText("25 pages");
});

test("a pinned run's rows tell of its own timeout, not of the next one's", async ({ lab, page, playground }) => {
  await playground.open({ lab: lab.address, preset: "own", n: 1, compare: 0, timeout: 200, urls: ["lab/hang", "lab/delay/10"] });
  await playground.runToEnd();
  await pin(playground).click();
  await page.getByRole("spinbutton", { name: "Timeout", exact: true }).fill("400");
  await playground.runToEnd();
  const reason = async () => (await playground.readTasks())[0].reason;
  expect(await reason()).toContain("within 400\u00a0ms");
  await playground.show("A · At most 1");
  expect(await reason()).toContain("within 200\u00a0ms");
  await playground.tasks.getByRole("button", { name: "Task 1", exact: true }).click();
  await expect(page.getByRole("region", { name: "Task detail", exact: true })).toContainText("within 200\u00a0ms");
});
