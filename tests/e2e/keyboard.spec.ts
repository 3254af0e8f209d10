// The whole way by keyboard alone: from the settings through a run, its bars, its replay and its pictures to what it tells.

import type { Page } from "@playwright/test";
import { expect, test } from "./lab";

/** Presses Tab until what has the focus has this name. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const focused = () =>
    page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement;
      return element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent?.trim() ?? element.textContent!.trim();
    });
  const passed: string[] = [];
  for (let presses = 0; presses < 90; presses += 1) {
    await page.keyboard.press("Tab");
    const now = await focused();
    if (typeof name === "string" ? now === name : name.test(now)) return;
    passed.push(now.slice(0, 30));
  }
  throw new Error(`Tab never comes to ${name}; it came to ${passed.join(", ")}`);
}

test("settings, run, bars, replay, pictures, pins, history and what if, by keyboard alone", async ({ lab, page, playground }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const urls = [150, 100, 200, 120, 90].map((ms, task) => `lab/delay/${ms}?task=${task}`);
  await playground.open({ lab: lab.address, preset: "own", n: 3, compare: 0, urls });
  const press = (key: string) => page.keyboard.press(key);

  // Past the picture to the settings, and on to Run.
  await tabTo(page, "Go to the settings");
  await press("Enter");
  await tabTo(page, "Concurrency");
  await press("ControlOrMeta+a");
  await page.keyboard.type("2");
  await tabTo(page, "Run");
  await press("Enter");
  await playground.finished();
  expect((await lab.truth()).peak).toBe(2);

  // The picture: a bar, nearer to it, and all of it again.
  await tabTo(page, "Bars");
  await press("ArrowDown");
  const detail = page.getByRole("region", { name: "Task detail" });
  await expect(detail).toContainText("Task 1");
  await tabTo(page, "Zoom in");
  await press("Enter");
  await tabTo(page, "Fit");
  await press("Enter");

  // Once more, from its end backwards.
  await tabTo(page, "Event before");
  await press("Enter");
  await expect(playground.headline).toHaveText(/^Replay: /);
  await tabTo(page, "Moment of the run");
  await press("Home");
  await expect(playground.headline).toHaveText(/^Replay: 0/);
  await press("End");
  await expect(playground.headline).not.toHaveText(/^Replay/);
  await tabTo(page, "Replay speed");
  const speed = page.getByRole("combobox", { name: "Replay speed" });
  const before = await speed.inputValue();
  await press("ArrowUp");
  await expect(speed).not.toHaveValue(before);

  // What set its end, and its picture as a file.
  await tabTo(page, "Critical path");
  await press("Space");
  await expect(page.getByRole("checkbox", { name: "Critical path" })).toBeChecked();
  for (const kind of ["SVG", "PNG"]) {
    await tabTo(page, `Save as ${kind}`);
    const download = page.waitForEvent("download");
    await press("Enter");
    expect((await download).suggestedFilename()).toContain(`.${kind.toLowerCase()}`);
  }

  // It stays, and has a name in the history.
  await tabTo(page, "Pin");
  await press("Enter");
  await expect(page.getByRole("button", { name: "Pin", exact: true })).toHaveAttribute("aria-pressed", "true");
  await tabTo(page, "Task 4");
  await press("Enter");
  await expect(detail).toContainText("Task 4");
  await tabTo(page, /^Name of the run/);
  await press("ControlOrMeta+a");
  await page.keyboard.type("by keyboard");
  await press("Tab");
  await expect(page.getByRole("radio", { name: /^Compare the others with by keyboard/ })).toHaveCount(1);

  // With other settings.
  await tabTo(page, "concurrency");
  await press("ArrowRight");
  const whatIf = page.getByRole("region", { name: "What if?", exact: true });
  await expect(whatIf.getByRole("radio", { name: "delay" })).toBeChecked();
  await expect(whatIf.locator("p")).toContainText(/a delay of 0\sms/);
});
