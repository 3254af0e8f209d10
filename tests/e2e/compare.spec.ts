// Runs that are pinned: they stay on the axis when others come, and the last is held against the first of them.

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

test("a pinned run is in the replay, and a reload begins anew", async ({ page, playground }) => {
  await playground.open({ ...fixed, n: 2 });
  await playground.runToEnd();
  await pin(playground).click();
  await playground.concurrency.fill("4");
  await playground.runToEnd();
  await page.getByRole("slider", { name: "Moment of the run" }).fill("500");
  // Half of the 800 ms: four of eight have ended two at a time, and all of them four at a time.
  await expect.poll(() => playground.figures("Ended")).toEqual(["4 of 8", "8 of 8"]);
  await pin(playground).click();
  await expect.poll(() => playground.figures("Ended")).toEqual(["8 of 8", "8 of 8"]);
  await page.reload();
  await playground.runToEnd();
  expect((await playground.totalsMs()).length).toBe(1);
});
