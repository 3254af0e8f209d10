// The setup of a crawl: its controls, what they refuse, the question before one that is hard on others, and its link.

import AxeBuilder from "@axe-core/playwright";
import { type Page } from "@playwright/test";
import { gzipSync } from "node:zlib";
import { expect, sent, test } from "./lab";
import { type Settings } from "./playground";

const what = (page: Page, name: "URL list" | "Crawl") =>
  page.getByRole("group", { name: "What to fetch", exact: true }).getByRole("radio", { name, exact: true });
const text = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });
const choice = (page: Page, name: string) => page.getByRole("combobox", { name, exact: true });
const box = (page: Page, name: string) => page.getByRole("checkbox", { name, exact: true });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

const DIALS = ["Depth", "Pages", "Pages per host"];
const TEXTS = ["Seed", "Hosts", "Include", "Exclude", "Proxy prefix"];
const CHOICES = ["Order", "Scope", "robots.txt unreadable"];
const BOXES = ["Fetch files too", "Leave nofollow links", "Look into sitemaps", "Relative addresses in JSON"];

async function openMoreRules(page: Page): Promise<void> {
  if (!(await text(page, "Include").isVisible())) await page.getByText("More crawl rules", { exact: true }).click();
  await expect(text(page, "Include")).toBeVisible();
}

const inLink = (page: Page, key: keyof Settings) => new URLSearchParams(new URL(page.url()).hash.slice(1)).get(key);

/** A live host that answers all, and what it was asked for. */
async function host(page: Page, origin: string): Promise<string[]> {
  const asked: string[] = [];
  await page.route(`${origin}/**`, (route) => {
    asked.push(sent(route.request().url()));
    return route.fulfill({ contentType: "text/html", headers: { "access-control-allow-origin": "*" }, body: "<title>Here</title>" });
  });
  return asked;
}

test("a list becomes a crawl and a list again, and nothing that was typed is lost", async ({ page, playground }) => {
  await playground.open({ preset: "own", timeout: 4_321, urls: ["lab/site/small/", "lab/site/deep/"] });
  await expect(what(page, "URL list")).toBeChecked();
  for (const name of DIALS) await expect(playground.dial(name), name).toHaveCount(0);
  await playground.openMoreLimits();
  await expect(page.getByRole("group", { name: "How far", exact: true })).toHaveCount(0);

  await what(page, "Crawl").check();
  await expect(playground.urls).toHaveCount(0);
  await expect(text(page, "Seed")).toHaveValue("lab/site/small/\nlab/site/deep/");
  await expect(text(page, "Seed")).toHaveAccessibleDescription(/^Where the crawl begins/);
  for (const [name, value] of [["Depth", "2"], ["Pages", "50"], ["Pages per host", "20"], ["Timeout", "4321"], ["Concurrency", "3"]]) {
    await expect(playground.dial(name), name).toHaveValue(value);
  }
  await expect(playground.limited("Pages per host")).not.toBeChecked();
  await expect(playground.dial("Pages per host")).toBeDisabled();
  await expect.poll(() => inLink(page, "crawl")).toBe("1");

  await what(page, "URL list").check();
  await expect(playground.urls).toHaveValue("lab/site/small/\nlab/site/deep/");
  await expect(choice(page, "Order")).toHaveCount(0);
  await expect.poll(() => inLink(page, "crawl")).toBeNull();
});

test("a crawl of other people's hosts begins politely, however it came to them", async ({ page, playground }) => {
  await playground.open({ net: "Live", urls: ["https://a.test/"] });
  await what(page, "Crawl").check();
  await expect(playground.dial("Concurrency")).toHaveValue("2");
  await playground.openMoreLimits();
  await expect(playground.dial("Host delay, ms")).toHaveValue("500");
  await expect(playground.dial("Per-host limit")).toHaveValue("2");

  // The visitor's own crawl of the Lab, taken to the internet.
  await page.goto("about:blank");
  await playground.open({ preset: "own", crawl: 1, n: 30, urls: ["https://a.test/"] });
  await page.getByRole("radio", { name: "Live", exact: true }).check();
  await expect(what(page, "Crawl")).toBeChecked();
  await expect(playground.dial("Concurrency")).toHaveValue("2");
  await page.getByRole("radio", { name: "Simulation", exact: true }).check();
  await expect(what(page, "Crawl")).toHaveCount(0);
  await expect(text(page, "Seed")).toHaveCount(0);
});

test("every setting is in the address, and a reload brings it back", async ({ page, playground }) => {
  async function shown() {
    await openMoreRules(page);
    const found: Record<string, string | boolean> = {};
    for (const name of DIALS) found[name] = await playground.dial(name).inputValue();
    for (const name of TEXTS) found[name] = await text(page, name).inputValue();
    for (const name of CHOICES) found[name] = await choice(page, name).inputValue();
    for (const name of BOXES) found[name] = await box(page, name).isChecked();
    return found;
  }
  await playground.open({ net: "Live", crawl: 1, n: 2, "host-delay": 500, urls: ["https://a.test/"] });
  await choice(page, "Scope").selectOption("listed hosts");
  const plain = await shown();
  await playground.dial("Depth").fill("7");
  await playground.dial("Pages").fill("321");
  await playground.limited("Pages per host").check();
  await playground.dial("Pages per host").fill("12");
  await choice(page, "Order").selectOption("depth first");
  await choice(page, "robots.txt unreadable").selectOption("skip host");
  await text(page, "Seed").fill("https://a.test/x?y=1#z\nhttps://b.test/");
  await text(page, "Hosts").fill("c.test\n*.d.test");
  await text(page, "Include").fill("/blog/*\n*print=*&ä");
  await text(page, "Exclude").fill("*/login?\n");
  await text(page, "Proxy prefix").fill("https://proxy.example/?url=");
  for (const name of BOXES) await box(page, name).check();
  const changed = await shown();
  for (const name in plain) if (name !== "Scope") expect(changed[name], name).not.toBe(plain[name]);
  await expect.poll(() => inLink(page, "relative")).toBe("1");
  await expect.poll(() => inLink(page, "hosts")).toBe("c.test\n*.d.test");
  await page.reload();
  expect(await shown()).toEqual(changed);
  await expect(playground.run).toBeEnabled();
  // And is written again as it was read.
  const link = page.url();
  await box(page, "Fetch files too").uncheck();
  await expect.poll(() => page.url()).not.toBe(link);
  await box(page, "Fetch files too").check();
  await expect.poll(() => page.url()).toBe(link);
});

test("what makes no sense is refused beside its control, and Run with it", async ({ page, playground }) => {
  await playground.open({ net: "Live", crawl: 1, n: 2, "host-delay": 500, urls: ["https://a.test/"] });
  await choice(page, "Scope").selectOption("listed hosts");
  await openMoreRules(page);
  const expectRefused = async (name: string, sentence: string) => {
    await expect(playground.refusal(text(page, name)), name).toContainText(sentence);
    await expect(text(page, name)).toHaveAttribute("aria-invalid", "true");
    await expect(playground.run, name).toBeDisabled();
    await expect(playground.run).toHaveAccessibleDescription(new RegExp(sentence.replace(/[[.*?]/g, "\\$&")));
  };
  const expectFine = async (name: string) => {
    await expect(playground.refusal(text(page, name)), name).toBeHidden();
    await expect(text(page, name)).toHaveAttribute("aria-invalid", "false");
  };
  await expectRefused("Hosts", "No host is listed");
  await text(page, "Hosts").fill("https://b.test/");
  await expectRefused("Hosts", "“https://b.test/” is not a host");
  // Where hosts are not listed, what stands there is nothing to the crawl.
  await choice(page, "Scope").selectOption("same site");
  await expect(text(page, "Hosts")).toHaveCount(0);
  await expect(playground.run).toBeEnabled();
  for (const [name, wrong, sentence, right] of [
    ["Include", "/ok/*\n[a-z]", "“[a-z]” holds [", "/ok/*"],
    ["Exclude", "blog", "“blog” matches no address", "*blog*"],
    ["Proxy prefix", "proxy.example/?u=", "“proxy.example/?u=” is no address", "https://proxy.example/?u="],
  ]) {
    await text(page, name).fill(wrong);
    await expectRefused(name, sentence);
    await text(page, name).fill(right);
    await expectFine(name);
    await expect(playground.run, name).toBeEnabled();
  }
  // A dial keeps what it was, and what was typed stays while other things are changed.
  await playground.dial("Depth").fill("101");
  await expect(playground.refusal(playground.dial("Depth"))).toHaveText("Whole numbers from 0 to 100. It stays at 2.");
  await choice(page, "Order").selectOption("depth first");
  await expect(playground.dial("Depth")).toHaveValue("101");
  await expect.poll(() => inLink(page, "order")).toBe("depth first");
  expect(inLink(page, "depth")).toBeNull();
  // A link with something wrong in it opens where it is.
  await page.goto("about:blank");
  await playground.open({ net: "Live", crawl: 1, exclude: "{a}", urls: ["https://a.test/"] });
  await expect(playground.refusal(text(page, "Exclude"))).toBeVisible();
});

test("a crawl that is hard on others is asked about once", async ({ page, playground }) => {
  const asked = await host(page, "https://a.test");
  await playground.open({ net: "Live", crawl: 1, n: 20, compare: 0, "host-delay": 200, depth: 0, urls: ["https://a.test/"] });
  const question = page.getByRole("alert").filter({ hasText: "up to 20 pages at once" });
  await expect(question).toHaveCount(0);
  await playground.run.click();
  await expect(question).toBeVisible();
  await expect(button(page, "Cancel")).toBeFocused();
  await expect(button(page, "Cancel")).toHaveAccessibleDescription(/^This crawl asks one host for up to 20 pages at once/);
  await page.keyboard.press("Escape");
  await expect(question).toHaveCount(0);
  await expect(playground.run).toBeFocused();
  await playground.run.click();
  await button(page, "Cancel").click();
  await expect(question).toHaveCount(0);
  expect(asked).toEqual([]);

  // By keyboard: what was pressed twice is no answer.
  await page.keyboard.press("Control+Enter");
  await expect(button(page, "Cancel")).toBeFocused();
  await page.keyboard.press("Control+Enter");
  await expect(question).toBeVisible();
  expect(asked).toEqual([]);
  await page.keyboard.press("Shift+Tab");
  await expect(button(page, "Run anyway")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(question).toHaveCount(0);
  await playground.finished();
  expect(asked).toEqual(["https://a.test/robots.txt", "https://a.test/"]);
  await playground.runToEnd();
  expect(asked).toHaveLength(4);

  // Harder, or on somebody else: that is another question. To change something takes an open one back.
  await playground.dial("Concurrency").fill("30");
  await playground.run.click();
  await expect(page.getByRole("alert").filter({ hasText: "up to 30 pages at once" })).toBeVisible();
  await playground.dial("Concurrency").fill("20");
  await expect(button(page, "Run anyway")).toHaveCount(0);
  await expect(playground.dial("Concurrency")).toBeFocused();
  await choice(page, "Scope").selectOption("any");
  await playground.run.click();
  await expect(question).toBeVisible();
  await button(page, "Cancel").click();
  await choice(page, "Scope").selectOption("same host");
  await text(page, "Seed").fill("https://a.test/other");
  await playground.run.click();
  await expect(question).toBeVisible();
  await button(page, "Cancel").click();
  await playground.dial("Concurrency").fill("6");
  await playground.runToEnd();
  expect(asked.at(-1)).toBe("https://a.test/other");
});

test("nobody is asked about a polite crawl, a list, or the Lab", async ({ lab, page, playground }) => {
  const asked = await host(page, "https://a.test");
  for (const settings of [
    { net: "Live", crawl: 1, n: 2, compare: 0, "host-delay": 100, urls: ["https://a.test/"] },
    { net: "Live", n: 20, compare: 0, urls: ["https://a.test/"] },
    { lab: lab.address, preset: "own", crawl: 1, n: 64, compare: 0, depth: 0, urls: ["lab/site/small/"] },
  ] as Settings[]) {
    await page.goto("about:blank");
    await playground.open(settings);
    await playground.runToEnd();
    expect(await playground.outcomes()).toContain("200");
  }
  expect(asked.length).toBe(3);
});

test("a proxy is asked for all of a crawl, and for nothing of a list", async ({ page, playground }) => {
  const [asked, direct] = [await host(page, "https://proxy.example"), await host(page, "https://a.test")];
  const settings: Settings = { net: "Live", compare: 0, n: 2, "host-delay": 100, proxy: "https://proxy.example/get?url=", urls: ["https://a.test/b?c=d"] };
  await playground.open({ ...settings, crawl: 1, depth: 0 });
  await playground.runToEnd();
  expect(asked).toEqual([
    "https://proxy.example/get?url=https%3A%2F%2Fa.test%2Frobots.txt",
    "https://proxy.example/get?url=https%3A%2F%2Fa.test%2Fb%3Fc%3Dd",
  ]);
  expect(direct).toEqual([]);
  expect((await playground.readTasks()).map(({ target }) => target)).toContain("https://a.test/b?c=d");
  await what(page, "URL list").check();
  await playground.runToEnd();
  expect(asked).toHaveLength(2);
  expect(direct).toEqual(["https://a.test/b?c=d"]);
});

test("a sitemap that was packed by hand is read, whatever it is sent as", async ({ page, playground }) => {
  const sitemap = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>https://a.test/mapped</loc></url></urlset>";
  await page.route("https://a.test/**", (route) => {
    const headers = { "access-control-allow-origin": "*" };
    switch (new URL(route.request().url()).pathname) {
      case "/sitemap.xml.gz":
        return route.fulfill({ headers, contentType: "application/octet-stream", body: gzipSync(sitemap) });
      case "/robots.txt":
        return route.fulfill({ headers, contentType: "text/plain", body: "" });
      default:
        return route.fulfill({ headers, contentType: "text/html", body: "<title>Mapped</title>" });
    }
  });
  await playground.open({ net: "Live", crawl: 1, n: 2, compare: 0, "host-delay": 100, urls: ["https://a.test/sitemap.xml.gz"] });
  await playground.runToEnd();
  const targets = (await playground.readTasks()).map(({ target }) => target);
  expect(targets).toEqual(["https://a.test/robots.txt", "https://a.test/sitemap.xml.gz", "https://a.test/mapped"]);
});

test("a crawl's settings can't be changed while it goes on", async ({ complaints, lab, page, playground }) => {
  complaints.allow(/404 \(Not Found\) \(.*\/robots\.txt\)$/);
  await playground.open({ lab: lab.address, preset: "own", crawl: 1, compare: 0, scope: "listed hosts", hosts: "a.test", urls: ["lab/hang"] });
  await openMoreRules(page);
  await playground.start();
  await expect(playground.stop).toHaveAttribute("aria-disabled", "false");
  for (const name of ["Depth", "Pages"]) await expect(playground.dial(name), name).toBeDisabled();
  for (const name of TEXTS) await expect(text(page, name), name).toHaveAttribute("readonly");
  for (const name of CHOICES) await expect(choice(page, name), name).toBeDisabled();
  for (const name of BOXES) await expect(box(page, name), name).toBeDisabled();
  await expect(what(page, "URL list")).toBeDisabled();
  await playground.stop.click();
  await playground.finished();
  await expect(text(page, "Include")).toBeEditable();
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const [name, viewport] of Object.entries({ desktop: { width: 1440, height: 900 }, phone: { width: 360, height: 740 } })) {
    test(`axe finds nothing with all of it open: ${colorScheme}, ${name}`, async ({ page, playground }) => {
      test.setTimeout(120_000);
      const expectNoViolations = async (state: string) => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect.soft(violations.map(({ id, nodes }) => ({ id, html: nodes.map((node) => node.failureSummary + node.html) })), state).toEqual([]);
        const wide = await page.locator(".setup, .setup *").evaluateAll((parts) =>
          parts.filter((part) => part.clientWidth > 0 && part.getBoundingClientRect().right > innerWidth + 0.5 && getComputedStyle(part).position !== "absolute").map((part) => part.outerHTML.slice(0, 80)),
        );
        expect.soft(wide, `${state}: cut off`).toEqual([]);
      };
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(viewport);
      await playground.open({ net: "Live", crawl: 1, n: 20, scope: "listed hosts", hosts: "https://no.test", include: "[", proxy: `x${"y".repeat(80)}`, urls: ["https://a.test/"] });
      await expect(playground.refusal(text(page, "Proxy prefix"))).toBeVisible();
      await expectNoViolations("three refusals");
      await text(page, "Hosts").fill("a.test");
      await text(page, "Include").fill("");
      await text(page, "Proxy prefix").fill("");
      await playground.run.click();
      await expect(button(page, "Run anyway")).toBeInViewport();
      await expectNoViolations("the question");
      for (const name of ["Run anyway", "Cancel"]) {
        const { width, height } = (await button(page, name).boundingBox())!;
        expect(Math.min(width, height), name).toBeGreaterThanOrEqual(24);
      }
    });
  }
}
