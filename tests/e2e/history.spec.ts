// The runs that were made: kept in this browser, named, compared, made again; and what is said where nothing can be kept.

import { expect, test } from "./lab";
import { type Playground } from "./playground";

const region = (playground: Playground) => playground.page.getByRole("region", { name: "History", exact: true });
const rows = (playground: Playground) => region(playground).locator("tbody tr");
const names = (playground: Playground) =>
  region(playground)
    .getByRole("textbox")
    .evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value));
const fixed = { net: "Simulation", latency: "fixed 200", tasks: 8 };

test("runs are kept across a reload, with their settings, figures and names", async ({ page, playground }) => {
  await playground.open({ ...fixed, n: 2, compare: 0 });
  await expect(region(playground)).toContainText("Each run that you make is kept here");
  await playground.runToEnd();
  await expect(rows(playground)).toHaveCount(1);
  await playground.concurrency.fill("8");
  await playground.runToEnd();
  await expect(rows(playground)).toHaveCount(2);
  // The newest first: eight answers of 200 ms, eight and two at a time.
  await expect(rows(playground).nth(0)).toContainText("200\u00a0ms");
  await expect(rows(playground).nth(1)).toContainText("800\u00a0ms");

  const name = region(playground).getByRole("textbox").nth(1);
  await name.fill("  Two, as it was ");
  await name.press("Tab");
  await rows(playground).nth(1).getByRole("radio").check();
  await expect(rows(playground).nth(0)).toContainText("−75\u00a0%");
  await expect(rows(playground).nth(1)).not.toContainText("%");

  await page.reload();
  await expect(rows(playground)).toHaveCount(2);
  expect((await names(playground))[1]).toBe("Two, as it was");
  await expect(rows(playground).nth(1)).toContainText("8");
  // Its settings come back, and with them the picture of them.
  await expect(playground.concurrency).toHaveValue("8");
  await rows(playground).nth(1).getByRole("link", { name: /^Settings of Two, as it was/ }).click();
  await expect(playground.concurrency).toHaveValue("2");
  await expect(playground.headline).toContainText("800\u00a0ms");

  await rows(playground).nth(0).getByRole("button", { name: /^Delete/ }).click();
  await expect(rows(playground)).toHaveCount(1);
  await expect(region(playground).getByRole("group")).toBeFocused();
  await page.reload();
  await expect(rows(playground)).toHaveCount(1);
  expect(await names(playground)).toEqual(["Two, as it was"]);
});

test("a run that is compared is kept too; a preview and an empty name are not", async ({ playground }) => {
  await playground.open({ ...fixed, n: 4 });
  await expect(region(playground)).toContainText("Each run that you make is kept here");
  await playground.concurrency.fill("3");
  await expect(rows(playground)).toHaveCount(0);
  await playground.runToEnd();
  await expect(rows(playground)).toHaveCount(2);
  expect(await names(playground)).toEqual(["At most 3", "One at a time"]);
  const name = region(playground).getByRole("textbox").first();
  await name.fill("<b>x</b>");
  await name.press("Tab");
  await expect(rows(playground).first().getByRole("button", { name: /^Delete/ })).toBeVisible();
  await expect(region(playground).locator("b")).toHaveCount(0);
  await name.fill("   ");
  await name.press("Tab");
  await expect(name).toHaveValue("<b>x</b>");
});

test("where the browser refuses storage it says so, and lists what is run until one leaves", async ({ page, playground }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "indexedDB", { value: undefined, configurable: true });
  });
  await playground.open({ ...fixed, compare: 0 });
  await expect(region(playground)).toContainText("gives the page no storage");
  await playground.runToEnd();
  await expect(rows(playground)).toHaveCount(1);
  await expect(region(playground)).toContainText("gives the page no storage");
});

test("where it is full it says so, and what is on the page stays", async ({ page, playground }) => {
  await page.addInitScript(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("no room", "QuotaExceededError");
    };
  });
  await playground.open({ ...fixed, compare: 0 });
  await expect(region(playground)).toContainText("Each run that you make is kept here");
  await playground.runToEnd();
  await expect(region(playground)).toContainText("storage for this page is full");
  await expect(rows(playground)).toHaveCount(1);
});
