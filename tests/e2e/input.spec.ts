// What bad input gets: a sentence, and the rest still runs.

import { createServer } from "node:net";
import { expect, sent, Server, test } from "./lab";

const REFUSED = [/blocked by CORS policy/, /Failed to load resource/];

test("bad lines are told with their numbers and reasons, and the rest runs", async ({ lab, page, playground }) => {
  const good = [lab.url("lab/delay/20?task=0"), lab.url("lab/delay/20?task=1")];
  const bad: [string, RegExp][] = [
    ["javascript:alert(1)", /javascript: is not fetched/],
    ["file:///etc/passwd", /file: is not fetched/],
    ["data:text/html,hello", /data: is not fetched/],
    ["http://user:secret@127.0.0.1/", /user name or password/],
    ["http://[bad", /not an address/],
    ["just some words", /not a whole address/],
    [`http://127.0.0.1/${"x".repeat(2_100)}`, /longer than 2083 characters/],
  ];
  await playground.open({ net: "Live", preset: "own", compare: 0 });
  // A blank line counts as a line, so the numbers are those of an editor.
  const typed = [good[0], "", ...bad.map(([line]) => line), good[1]].join("\n");
  await playground.urls.fill(typed);
  const faults = page.locator("#urls-note").getByRole("listitem");
  await expect(faults).toHaveCount(bad.length);
  for (const [index, [line, reason]] of bad.entries()) {
    await expect(faults.nth(index), line).toHaveText(new RegExp(`^Line ${index + 3}: .*${reason.source}`));
  }
  await expect(playground.urls).toHaveAttribute("aria-invalid", "true");
  await playground.runToEnd();
  expect((await playground.readTasks()).map((task) => task.target)).toEqual(good);
  expect((await lab.truth()).requests.map((entry) => entry.path)).toEqual(["/lab/delay/20?task=0", "/lab/delay/20?task=1"]);
  await expect(playground.urls).toHaveValue(typed);
});

test("before a run that can't be known in advance, it is said what Run will do", async ({ page, playground }) => {
  await playground.open({ net: "Live", preset: "own", compare: 0, urls: ["https://a.test/"] });
  await expect(page.getByText("Press Run to find out: it goes by “semaphore”.")).toBeVisible();
  await playground.compare.check();
  await expect(page.getByText("Press Run to find out: it goes by “sequential”, then by “semaphore”.")).toBeVisible();
});

test("on the Lab, addresses of elsewhere are told to be so", async ({ page, playground }) => {
  await playground.open({ preset: "own", urls: ["https://example.org/", "lab/delay/1"] });
  await expect(page.locator("#urls-note")).toContainText("Line 1: not in the Lab");
  await expect(playground.run).toBeEnabled();
});

test("an empty list and a list of bad lines disable Run and say why", async ({ page, playground }) => {
  await playground.open();
  await playground.urls.fill(" \n\n");
  await expect(playground.run).toBeDisabled();
  await expect(playground.run).toHaveAccessibleDescription(/The list is empty/);
  await page.keyboard.press("Control+Enter");
  await expect(playground.stop).toBeDisabled();
  await playground.urls.fill("javascript:1");
  await expect(playground.run).toBeDisabled();
  await expect(playground.run).toHaveAccessibleDescription(/No line of the list can be fetched/);
  await playground.urls.fill("lab/delay/1");
  await expect(playground.run).toBeEnabled();
});

test("10 001 lines are refused with the limit, 10 000 are taken", async ({ playground }) => {
  await playground.open();
  const lines = Array.from({ length: 10_001 }, (_, index) => `lab/delay/1?${index}`);
  await playground.pasteUrls(lines);
  await expect(playground.run).toBeDisabled();
  await expect(playground.run).toHaveAccessibleDescription(/10.?001 addresses are too many: a run takes at most 10.000/);
  await expect(playground.urls).toHaveValue(lines.join("\n"));
  await playground.pasteUrls(lines.slice(1));
  await expect(playground.run).toBeEnabled();
});

test("what was typed outlives errors, presets and networks", async ({ complaints, page, playground }) => {
  complaints.allow(...REFUSED);
  const typed = "lab/status/500\nnonsense://here\n\nlab/drop\n";
  await playground.open();
  await playground.urls.fill(typed);
  await expect(playground.preset).toHaveValue("own");
  await playground.runToEnd();
  await expect(playground.urls).toHaveValue(typed);
  await playground.preset.selectOption({ label: "Mixed failures" });
  await expect(playground.urls).not.toHaveValue(typed);
  await playground.preset.selectOption({ label: "Five requests of 1 s" });
  await playground.preset.selectOption({ label: "My own list" });
  await expect(playground.urls).toHaveValue(typed);
  // By way of another network too, where it is not the list of a preset.
  await page.getByRole("radio", { name: "Live", exact: true }).check();
  await playground.preset.selectOption({ label: "httpbin: delays of 1 s" });
  await page.getByRole("radio", { name: "Lab", exact: true }).check();
  await playground.preset.selectOption({ label: "My own list" });
  await expect(playground.urls).toHaveValue(typed);
});

/** A port of this machine on which nothing listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test("a dead host and one that refuses CORS are told apart by one probe an origin", async ({ complaints, lab, playground }) => {
  complaints.allow(...REFUSED);
  const dead = `http://127.0.0.1:${await closedPort()}/`;
  const closed = [0, 1, 2].map((task) => lab.url(`nocors/lab/delay/20?task=${task}`));
  await playground.open({ net: "Live", preset: "own", compare: 0, urls: [...closed, dead, `${dead}again`] });
  await playground.runToEnd();
  const tasks = await playground.readTasks();
  expect(tasks.map((task) => task.outcome)).toEqual(Array(5).fill("network error"));
  for (const task of tasks.slice(0, 3)) expect(task.reason).toContain("refuses CORS: asked once");
  for (const task of tasks.slice(3)) expect(task.reason).toContain("Nothing answered, nor when asked once more");
  const asked = (await lab.truth()).requests.map((entry) => entry.path);
  expect(asked.slice(0, 3).sort()).toEqual(closed.map((url) => new URL(url).pathname + new URL(url).search));
  expect(asked.slice(3), "the probe").toHaveLength(1);
  const probes = (await playground.readLog()).filter(({ text }) => text.includes("asked once without CORS"));
  expect(probes).toHaveLength(2);
});

test("a host that was readable is not probed", async ({ complaints, lab, playground }) => {
  complaints.allow(...REFUSED);
  const urls = ["lab/delay/20", "lab/drop?ms=20"].map((route) => lab.url(route));
  await playground.open({ net: "Live", preset: "own", compare: 0, urls });
  await playground.runToEnd();
  expect((await playground.readTasks())[1].reason).toContain("The connection broke");
  const dropped = (await lab.truth()).requests.filter((entry) => entry.path === "/lab/drop?ms=20");
  expect(dropped).toHaveLength(1);
});

for (const net of ["Lab", "Live"] as const) {
  test(`a huge body is cut at 10 MB, and that is said: ${net}`, async ({ lab, playground }) => {
    // Paced, or the rest would be in the sockets' buffers before the page could do without it.
    const routes = ["lab/bytes/20000000?rate=20000000", "lab/bytes/9000000"];
    const urls = net === "Live" ? routes.map((route) => lab.url(route)) : routes;
    await playground.open({ net, preset: "own", compare: 0, urls });
    await playground.runToEnd();
    const [cut, whole] = await playground.readTasks();
    expect([cut.outcome, whole.outcome]).toEqual(["200", "200"]);
    expect(cut.reason).toContain("cut at 10.0\u00a0MB");
    expect(whole.reason).toBe("");
    expect(await playground.figures("Bytes")).toEqual(["19.0\u00a0MB"]);
    if (net === "Live") {
      const ends = async () => (await lab.truth()).requests.map((entry) => entry.end).sort();
      await expect.poll(ends).toEqual(["aborted", "complete"]);
    }
  });
}

for (const hash of ["n=banana", "n=0", "preset=nothing", "net=Moon", "strategy=luck", "lab=javascript:1", "delay=99999"]) {
  test(`a link that makes no sense opens the default and says so: #${hash}`, async ({ page, playground }) => {
    await page.goto(`${playground.home}#${hash}`);
    await expect(playground.notice).toContainText("could not be read");
    await expect(playground.notice).toContainText(hash);
    await expect(playground.preset).toHaveValue("ten");
    await expect(playground.concurrency).toHaveValue("3");
    await expect(playground.run).toBeEnabled();
  });
}

test("what is no setting is passed over, and that is said", async ({ page, playground }) => {
  await page.goto(`${playground.home}#n=5&sead=3`);
  await expect(playground.notice).toHaveText("This link holds “sead”, which is no setting here: it was passed over.");
  await expect(playground.concurrency).toHaveValue("5");
  await playground.runToEnd();
  // The next link has a word of its own, or none.
  await page.evaluate(() => (location.hash = "#banana"));
  await expect(playground.notice).toHaveText(/“banana”/);
  await page.evaluate(() => (location.hash = "#n=7"));
  await expect(playground.concurrency).toHaveValue("7");
  await expect(playground.notice).toBeHidden();
});

test("a list that was typed outlives a link that comes into the same tab", async ({ page, playground }) => {
  await playground.open();
  await playground.urls.fill("lab/delay/11\nlab/delay/12");
  await expect.poll(() => page.url()).toContain("delay");
  for (const hash of ["#n=banana", "#preset=five"]) {
    await page.evaluate((hash) => (location.hash = hash), hash);
    await expect(playground.preset).not.toHaveValue("own");
    await playground.preset.selectOption("own");
    await expect(playground.urls).toHaveValue("lab/delay/11\nlab/delay/12");
  }
});

test("a title with HTML in it is text", async ({ page, playground }) => {
  const title = `<img src=x onerror="document.title='owned'"><b>bold</b>`;
  const escaped = title.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  await page.route("https://titles.test/**", (route) =>
    route.fulfill({
      contentType: "text/html; charset=utf-8",
      headers: { "Access-Control-Allow-Origin": "*" },
      body: sent(route.request().url()).endsWith("raw") ? `<title>${title}</title>` : `<title>${escaped}</title>`,
    }),
  );
  await playground.open({ net: "Live", preset: "own", compare: 0, urls: ["https://titles.test/escaped", "https://titles.test/raw"] });
  await playground.runToEnd();
  expect((await playground.readTasks()).map((task) => task.title)).toEqual([title, title]);
  await expect(page.locator("img, .title b")).toHaveCount(0);
  await expect(page).toHaveTitle(/Crawl Playground/);
});

test("numbers out of range stay as they were typed, are marked, and change nothing", async ({ page, playground }) => {
  await playground.open();
  const fields: [string, string[], string][] = [
    ["Concurrency", ["0", "257", "2.5"], "7"],
    ["Delay in ms", ["5001", "-1"], "250"],
    ["Timeout", ["99", "120001"], "3000"],
  ];
  for (const [name, wrong, right] of fields) {
    const field = page.getByRole("spinbutton", { name, exact: true });
    for (const value of wrong) {
      const before = page.url();
      await field.fill(value);
      await expect(field).toHaveValue(value);
      await expect(field).toHaveAttribute("aria-invalid", "true");
      await expect(page.getByRole("alert")).toContainText("Whole numbers from");
      expect(page.url()).toBe(before);
    }
    await field.fill(right);
    await expect(field).toHaveAttribute("aria-invalid", "false");
    await expect(page.getByRole("alert")).toHaveCount(0);
    await expect.poll(() => page.url()).toContain(`=${right}`); // with the next frame
  }
  await expect(playground.concurrency).toHaveValue("7");
  await expect(playground.delay).toHaveValue("250");
});
