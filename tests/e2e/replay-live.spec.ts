// A moment of a run, seen live and seen again: both times the page shows the same.

import { expect, test } from "./lab";
import { milliseconds } from "./playground";

test("a replay shows of a moment what the page showed while it was the present", async ({ lab, page, playground }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  // Three that are soon over, at 100, 300 and 600 ms, and then two that hold both permits for long: time to look at everything.
  const urls = [100, 600, 200, 8_000, 8_000, 40, 50, 60].map((ms, task) => `lab/delay/${ms}?task=${task}`);
  await playground.open({ lab: lab.address, preset: "own", n: 2, compare: 0, urls });
  const slots = page.getByRole("region", { name: "Permits" }).getByRole("list", { name: "Slots", exact: true }).getByRole("listitem");
  const line = page.getByRole("region", { name: "Permits" }).getByRole("list", { name: "In line", exact: true }).getByRole("listitem");
  const seen = async () => ({
    // Only of the present can something be cancelled, which is what the × is for.
    outcomes: (await playground.readTasks()).map(({ number, outcome }) => `${number} ${outcome.replace("×", "")}`),
    // What goes on gets longer; what is over does not.
    waits: (await playground.readTasks()).filter(({ outcome }) => outcome === "200").map(({ ms }) => ms),
    ended: await playground.figures("Ended"),
    peak: await playground.figures("Peak in flight"),
    slots: (await slots.allInnerTexts()).map((text) => text.split("\n")[0]),
    line: (await line.allInnerTexts()).map((text) => text.split("\n")[0]),
    log: (await playground.readLog()).map(({ text }) => text),
  });
  await playground.start();
  await expect.poll(async () => (await lab.truth()).in_flight).toBe(2);
  await expect.poll(() => playground.figures("Ended")).toEqual(["3 of 8"]);
  await expect.poll(async () => (await playground.readLog()).at(-1)?.text).toMatch(/^task 5 sends its request/);
  await expect.poll(async () => (await slots.allInnerTexts()).map((text) => text.split("\n")[0])).toEqual(["task 4", "task 5"]);
  const live = await seen();
  const since = (await playground.readLog()).at(-1)!.at;
  expect((await lab.truth()).in_flight, "looked at in time").toBe(2);
  expect(live.outcomes.slice(0, 6)).toEqual(["1 200", "2 200", "3 200", "4 request", "5 request", "6 permit"]);
  await playground.finished();

  const slider = page.getByRole("slider", { name: "Moment of the run" });
  const [total] = await playground.totalsMs();
  await slider.fill(String(Math.ceil(((since + 400) / total) * 1_000)));
  await expect(playground.headline).toHaveText(/^Replay: /);
  const [shown] = (await slider.getAttribute("aria-valuetext"))!.split(" of ");
  expect(milliseconds(shown)).toBeGreaterThan(since);
  expect(await seen()).toEqual(live);
});
