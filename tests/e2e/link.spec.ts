// The address is the state: links, reload, Back and Forward.

import { expect, test } from "./lab";
import { Playground } from "./playground";

/** All that a link carries, as the controls show it. */
async function settings(playground: Playground) {
  const number = (name: string) => playground.page.getByRole("spinbutton", { name, exact: true }).inputValue();
  return {
    network: await playground.network.getByRole("radio", { checked: true }).inputValue(),
    preset: await playground.preset.inputValue(),
    strategy: await playground.strategy.inputValue(),
    urls: await playground.urls.inputValue(),
    concurrency: await number("Concurrency"),
    delay: await number("Delay in ms"),
    timeout: await number("Timeout"),
    keep: await playground.keepPermit.isChecked(),
    compare: await playground.compare.isChecked(),
    race: await playground.race.isChecked(),
  };
}

async function changeEverything(playground: Playground): Promise<void> {
  await playground.urls.fill("lab/delay/40?a=1&b=%20#c\nlab/status/404\n\nnoch eins: äöü 한국\n");
  await playground.concurrency.fill("7");
  await playground.delay.fill("350");
  await playground.page.getByRole("spinbutton", { name: "Timeout", exact: true }).fill("4321");
  await playground.keepPermit.check();
  await playground.race.check();
}

test("every setting is in the address; a reload and a shared link bring it back", async ({ context, playground }) => {
  await playground.open();
  const plain = await settings(playground);
  await changeEverything(playground);
  const changed = await settings(playground);
  expect(changed).toEqual({
    ...plain,
    preset: "own",
    urls: "lab/delay/40?a=1&b=%20#c\nlab/status/404\n\nnoch eins: äöü 한국\n",
    concurrency: "7",
    delay: "350",
    timeout: "4321",
    keep: true,
    race: true,
  });
  await expect.poll(() => playground.page.url()).toContain("race=1");
  await playground.page.reload();
  expect(await settings(playground)).toEqual(changed);

  const shared = new Playground(await context.newPage(), playground.home);
  await shared.page.goto(playground.page.url());
  expect(await settings(shared)).toEqual(changed);
});

test("the default's address has no fragment, and strategy and network are carried too", async ({ page, playground }) => {
  await playground.open();
  expect(page.url()).toBe(playground.home);
  await playground.strategy.selectOption("all at once");
  await page.getByRole("radio", { name: "Live", exact: true }).check();
  const changed = await settings(playground);
  expect(changed.network).toBe("Live");
  await expect.poll(() => page.url()).toContain("net=Live");
  await page.reload();
  expect(await settings(playground)).toEqual(changed);
});

test("Back and Forward go from setting to setting", async ({ page, playground }) => {
  await playground.open();
  const first = await settings(playground);
  await playground.preset.selectOption({ label: "Five requests of 1 s" });
  const second = await settings(playground);
  // Changes in quick succession are one step, so the next begins after a moment.
  await page.waitForFunction((since) => performance.now() - since > 1_000, await page.evaluate(() => performance.now()));
  await playground.preset.selectOption({ label: "Mixed failures" });
  const third = await settings(playground);
  expect(third.preset).toBe("failures");

  const isNow = (expected: object) => expect.poll(() => settings(playground)).toEqual(expected);
  await page.goBack();
  await isNow(second);
  await page.goBack();
  await isNow(first);
  await page.goForward();
  await isNow(second);
  await page.goForward();
  await isNow(third);
  // The picture goes along with the settings.
  await expect(playground.tasks.getByRole("row")).toHaveCount(9);
});

test("Back during a run stops it", async ({ lab, page, playground }) => {
  await playground.open({ lab: lab.address, preset: "own", n: 2, compare: 0, urls: ["lab/delay/30000"] });
  await page.waitForFunction(() => performance.now() > 1_000);
  await playground.urls.fill("lab/delay/30000\nlab/delay/30001");
  await playground.start();
  await expect.poll(async () => (await lab.truth()).in_flight).toBe(2);
  await page.goBack();
  await expect.poll(async () => (await lab.truth()).in_flight).toBe(0);
  await expect(playground.urls).toHaveValue("lab/delay/30000");
  await expect(playground.run).toBeEnabled();
  await expect(playground.tasks.getByRole("row")).toHaveCount(2);
});

test("another link in the same tab is followed", async ({ page, playground }) => {
  await playground.open({ n: 5 });
  await expect(playground.concurrency).toHaveValue("5");
  await page.evaluate(() => (location.hash = "n=9&preset=five&strategy=semaphore"));
  await expect(playground.concurrency).toHaveValue("9");
  await expect(playground.preset).toHaveValue("five");
});

test("a list too long for a link is said to be so, and survives a reload", async ({ page, playground }) => {
  await playground.open();
  const long = Array.from({ length: 1_500 }, (_, index) => `lab/delay/10?number=${index}`);
  await playground.pasteUrls(long);
  await expect(playground.notice).toContainText("too long for a link");
  expect(page.url().length).toBeLessThan(2_000);
  await page.reload();
  await expect(playground.urls).toHaveValue(long.join("\n"));
  await expect(playground.preset).toHaveValue("own");
  // Once it is short again, it is in the address again.
  await playground.urls.fill("lab/delay/10?short");
  await expect(playground.notice).toHaveCount(0);
  await expect.poll(() => page.url()).toContain("short"); // with the next frame
});

test("one's own list is there again after a look at the simulation, also by a reload", async ({ page, playground }) => {
  const typed = "lab/delay/30?mine";
  await playground.open({ n: 5 });
  await playground.urls.fill(typed);
  await page.getByRole("radio", { name: "Simulation", exact: true }).check();
  // What is shown is the simulation's own, in the list and below it.
  await expect(playground.preset).toHaveValue("simulated");
  await expect(page.getByText("Known before anything is sent.")).toBeVisible();
  await expect.poll(() => page.url()).toContain("net=Simulation");
  await page.reload();
  await expect(page.getByRole("radio", { name: "Simulation", exact: true })).toBeChecked();
  await expect(playground.notice).toBeHidden();
  await expect(playground.concurrency).toHaveValue("5");
  await page.getByRole("radio", { name: "Lab", exact: true }).check();
  await expect(playground.urls).toHaveValue(typed);
});
