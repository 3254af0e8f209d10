// A crawl of other people's hosts that is made harder while it goes on.

import { type Page } from "@playwright/test";
import { expect, test } from "./lab";

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

test("a crawl that is made harder while it goes on is asked about, and goes on as it was until then", async ({ page, playground }) => {
  let [open, peak, asked] = [0, 0, 0];
  const links = Array.from({ length: 1_000 }, (_, number) => `<a href="/${number}">page</a>`).join("");
  await page.route("https://a.test/**", async (route) => {
    [open, peak, asked] = [open + 1, Math.max(peak, open + 1), asked + 1];
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    open -= 1;
    // One that was stopped is answered in vain.
    await route
      .fulfill({ contentType: "text/html", headers: { "access-control-allow-origin": "*" }, body: `<title>Here</title>${links}` })
      .catch(() => {});
  });
  const polite = { "host-delay": 100, "per-host": "off", depth: 1, pages: 1_000 } as const;
  await playground.open({ net: "Live", crawl: 1, n: 2, compare: 0, ...polite, urls: ["https://a.test/"] });
  const question = page.getByRole("alert").filter({ hasText: "goes on as it was until you answer" });
  await playground.run.click();
  await expect.poll(() => asked).toBeGreaterThan(3);

  await playground.dial("Concurrency").fill("20");
  await expect(question).toContainText("up to 20 pages at once");
  await expect(playground.dial("Concurrency")).toBeFocused();
  const before = asked;
  await expect.poll(() => asked).toBeGreaterThan(before + 3);
  expect(peak).toBe(2);
  await button(page, "Change it anyway").click();
  await expect(question).toHaveCount(0);
  await expect.poll(() => peak).toBeGreaterThan(6);

  // To decline is to have what holds in the field again. The run goes on.
  await playground.dial("Concurrency").fill("30");
  await expect(question).toContainText("up to 30 pages at once");
  // What else was changed meanwhile holds.
  await playground.delay.fill("50");
  await button(page, "Cancel").press("Enter");
  await expect(question).toHaveCount(0);
  await expect(playground.run).toBeFocused();
  await expect(playground.dial("Concurrency")).toHaveValue("20");
  await expect(playground.delay).toHaveValue("50");
  // What is easier on the host is nothing to ask about, nor is the way back to what was agreed to.
  await playground.dial("Concurrency").fill("10");
  await playground.dial("Concurrency").fill("20");
  await expect(question).toHaveCount(0);

  // Escape answers the question, and the run goes on; Stop stops, whatever is being asked.
  await playground.dial("Concurrency").fill("30");
  await expect(question).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(question).toHaveCount(0);
  await expect(playground.dial("Concurrency")).toHaveValue("20");
  await expect(playground.run).toHaveAttribute("aria-disabled", "true");
  await playground.dial("Concurrency").fill("40");
  await expect(question).toBeVisible();
  await playground.stop.click();
  await playground.finished();
  await expect(question).toHaveCount(0);
  await expect(playground.dial("Concurrency")).toHaveValue("40");
  // What was measured is kept with what it was measured at.
  const kept = page.getByRole("region", { name: "History" }).getByRole("link", { name: /^Settings of/ }).first();
  await expect(kept).toHaveAttribute("href", /[#&]n=20(&|$)/);
});
