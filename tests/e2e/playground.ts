// The page as a visitor knows it: its controls by their names, and its tables as data.

import { expect, type Locator, type Page } from "@playwright/test";

/** What a link carries; see src/scenario/fragment.rs. */
export interface Settings {
  net?: "Lab" | "Live" | "Simulation";
  preset?: string;
  strategy?: string;
  against?: string;
  n?: number;
  delay?: number;
  timeout?: number;
  rate?: number | "off";
  burst?: number;
  "per-host"?: number | "off";
  "host-delay"?: number;
  jitter?: number;
  retries?: number;
  backoff?: number;
  stall?: number;
  "run-timeout"?: number | "off";
  store?: number;
  work?: number;
  failures?: number;
  seed?: number;
  kind?: "count primes" | "parse a page";
  place?: "on the loop" | "in slices" | "in a worker";
  latency?: string;
  tasks?: number;
  "stop-at-first"?: 0 | 1;
  keep?: 0 | 1;
  compare?: 0 | 1;
  race?: 0 | 1;
  crawl?: 0 | 1;
  order?: "breadth first" | "depth first";
  scope?: "same host" | "same site" | "listed hosts" | "any";
  hosts?: string;
  include?: string;
  exclude?: string;
  robots?: "assume allowed" | "skip host";
  proxy?: string;
  files?: 0 | 1;
  nofollow?: 0 | 1;
  sitemaps?: 0 | 1;
  relative?: 0 | 1;
  items?: string;
  depth?: number;
  pages?: number;
  "host-pages"?: number | "off";
  lab?: string;
  urls?: string[];
}

/** A row of the table Tasks. Times are milliseconds; a wait without a column took none. */
export interface Task {
  number: number;
  target: string;
  title: string;
  reason: string;
  outcome: string;
  ms: Record<string, number>;
}

export const fragment = ({ urls, ...rest }: Settings): string => {
  const pairs = new URLSearchParams(Object.entries(rest).map(([key, value]) => [key, String(value)]));
  if (urls) pairs.set("urls", urls.join("\n"));
  return `#${pairs}`;
};

export class Playground {
  readonly run: Locator;
  readonly stop: Locator;
  readonly status: Locator;
  readonly urls: Locator;
  readonly preset: Locator;
  readonly strategy: Locator;
  readonly network: Locator;
  readonly concurrency: Locator;
  readonly delay: Locator;
  readonly compare: Locator;
  readonly race: Locator;
  readonly keepPermit: Locator;
  readonly timeline: Locator;
  readonly tasks: Locator;
  readonly summary: Locator;
  readonly log: Locator;
  readonly headline: Locator;
  readonly notice: Locator;

  constructor(
    readonly page: Page,
    /** The page's address without its fragment. */
    readonly home: string,
  ) {
    const button = (name: string) => page.getByRole("button", { name, exact: true });
    const checkbox = (name: string) => page.getByRole("checkbox", { name, exact: true });
    this.run = button("Run");
    this.stop = button("Stop");
    this.status = page.getByRole("status");
    this.urls = page.getByRole("textbox", { name: "URLs", exact: true });
    this.preset = page.getByRole("combobox", { name: "Preset", exact: true });
    this.strategy = page.getByRole("combobox", { name: "Strategy", exact: true });
    this.network = page.getByRole("group", { name: "Network", exact: true });
    this.concurrency = page.getByRole("slider", { name: "Concurrency", exact: true });
    this.delay = page.getByRole("slider", { name: "Delay", exact: true });
    this.compare = checkbox("Compare with sequential");
    this.race = checkbox("Both at the same time");
    this.keepPermit = checkbox("Keep the permit during the delay");
    this.timeline = page.getByRole("figure", { name: "Timeline", exact: true });
    this.tasks = page.getByRole("table", { name: "Tasks", exact: true });
    this.summary = page.getByRole("region", { name: "Summary", exact: true });
    this.log = page.getByRole("log", { name: "Log", exact: true });
    this.headline = page.getByRole("heading", { level: 1 });
    this.notice = page.getByRole("alert");
  }

  /** Opens the page, and waits until it can be used. */
  async open(settings: Settings = {}): Promise<void> {
    const hash = Object.keys(settings).length > 0 ? fragment(settings) : "";
    await this.page.goto(this.home + hash);
    await expect(this.timeline).toBeVisible();
    await this.ready();
  }

  /** Waits for what comes after the first paint: what runs need, which stands beside the picture, too. */
  async ready(): Promise<void> {
    await expect(this.log).toBeAttached();
  }

  /** Presses Run. The status speaks of the start in the same turn, so what comes after it is the end. */
  async start(): Promise<void> {
    await this.ready();
    await this.run.click();
  }

  async finished(timeout = 30_000): Promise<void> {
    await expect(this.run).toBeEnabled({ timeout });
    await expect(this.status).not.toHaveText(/^(Run started|Simulating)\.$/, { timeout });
  }

  async runToEnd(timeout?: number): Promise<void> {
    await this.start();
    await this.finished(timeout);
  }

  /** Replaces the list by a real paste: Chromium takes text that is typed in line by line, in quadratic time. */
  async pasteUrls(lines: string[]): Promise<void> {
    const text = lines.join("\n");
    await this.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await this.page.evaluate((text) => navigator.clipboard.writeText(text), text);
    await this.urls.focus();
    await this.page.keyboard.press("ControlOrMeta+A");
    await this.page.keyboard.press("ControlOrMeta+V");
    await expect(this.urls).toHaveValue(text);
  }

  /** A number's field: `Rate, per s`. Most are folded away under `More limits`. */
  dial(name: string): Locator {
    return this.page.getByRole("spinbutton", { name, exact: true });
  }

  /** The box that switches a limit on and off: `Rate, per s`. */
  limited(name: string): Locator {
    return this.page.getByRole("checkbox", { name: `${name}: limited`, exact: true });
  }

  /** What the page answers to what was typed into a field; hidden as long as there is nothing to say. */
  refusal(field: Locator): Locator {
    return field.locator("xpath=..").locator(".wrong");
  }

  async openMoreLimits(): Promise<void> {
    const more = this.page.getByText("More limits", { exact: true });
    if (!(await this.dial("Burst").isVisible())) await more.click();
    await expect(this.dial("Burst")).toBeVisible();
  }

  /** The button in a task's row. Tasks are counted from 1. */
  cancel(task: number): Locator {
    return this.page.getByRole("button", { name: `Cancel task ${task}`, exact: true });
  }

  /** Chooses the run that the table and the log show: `One at a time`, `At most 3`. */
  async show(lane: string | RegExp): Promise<void> {
    await this.page.getByRole("group", { name: "Run shown" }).getByRole("radio", { name: lane }).check();
  }

  async readTasks(): Promise<Task[]> {
    return this.tasks.evaluate((table) => {
      const heads = [...table.querySelectorAll("thead th")].map((head) => head.textContent!.toLowerCase());
      return [...table.querySelectorAll("tbody tr[aria-rowindex]")].map((row) => {
        const cells = [...row.children];
        const part = (name: string) => row.querySelector(`.${name}`)?.textContent ?? "";
        const times = heads.map((head, index) => [head, Number(cells[index].textContent)] as const).slice(3);
        return {
          number: Number(cells[0].textContent),
          target: part("target"),
          title: part("title"),
          reason: part("reason"),
          outcome: cells[2].textContent!,
          ms: Object.fromEntries(times),
        };
      });
    });
  }

  async outcomes(): Promise<string[]> {
    return (await this.readTasks()).map((task) => task.outcome);
  }

  /** A line of the Summary's figures, a value a run: `["13.0 s", "5.05 s"]`. */
  async figures(name: string): Promise<string[]> {
    const line = this.summary.getByRole("row").filter({ has: this.page.getByRole("rowheader", { name, exact: true }) });
    return line.getByRole("cell").allInnerTexts();
  }

  async totalsMs(): Promise<number[]> {
    return (await this.figures("Total")).map(milliseconds);
  }

  /** The log's lines: milliseconds since the run's start, and what happened. */
  async readLog(): Promise<{ at: number; text: string }[]> {
    return this.log.evaluate((log) =>
      [...log.querySelectorAll("p:has(.at)")].map((line) => {
        const at = line.querySelector(".at")!.textContent!;
        return { at: Number(at), text: line.textContent!.slice(at.length) };
      }),
    );
  }
}

/** A text on the canvas. Its place is that of the base line's left end, in pixels of the canvas as it is shown. */
export interface Drawn {
  text: string;
  x: number;
  y: number;
}

/** Has each canvas keep the texts of its last frame. Call it before the page is opened. */
export async function watchCanvas(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const prototype = CanvasRenderingContext2D.prototype;
    const { clearRect, fillText } = prototype;
    const texts = new Map<HTMLCanvasElement, Drawn[]>();
    prototype.clearRect = function (...place) {
      texts.set(this.canvas, []);
      return clearRect.apply(this, place);
    };
    prototype.fillText = function (text, x, y, ...rest) {
      const { a, d, e, f } = this.getTransform();
      const shown = this.canvas.clientWidth / this.canvas.width;
      texts.get(this.canvas)?.push({ text, x: (a * x + e) * shown, y: (d * y + f) * shown });
      return fillText.call(this, text, x, y, ...rest);
    };
    Object.assign(window, { drawnTexts: () => [...texts.values()].flat() });
  });
}

export async function drawnTexts(page: Page): Promise<Drawn[]> {
  return page.evaluate(() => (window as unknown as { drawnTexts: () => Drawn[] }).drawnTexts());
}

/** `1 000 000`, its thousands apart as the page writes them. */
export function count(text: string): number {
  expect(text).toMatch(/^\d{1,3}(\u00a0\d{3})*$/);
  return Number(text.replaceAll("\u00a0", ""));
}

/** `830 µs`, `5.05 s`, `250 ms`, `1 min 15 s` or `2 h 01 min` in milliseconds. */
export function milliseconds(text: string): number {
  const units: Record<string, number> = { µs: 0.001, ms: 1, s: 1_000, min: 60_000, h: 3_600_000 };
  const parts = [...text.matchAll(/([\d.]+)\s*(min|ms|µs|s|h)\b/g)];
  expect(parts.length, `a span of time: ${text}`).toBeGreaterThan(0);
  return parts.reduce((sum, [, number, unit]) => sum + Number(number) * units[unit], 0);
}
