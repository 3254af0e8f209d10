// What every test of the page starts from: lab_server as the host of `dist` and, on another port, as the Lab that keeps
// the truth; the page with its controls by their names; and a watch over the console.

import { test as base, expect, type BrowserContext, type Page } from "@playwright/test";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Playground } from "./playground";

export { expect };

const PROGRAM = fileURLToPath(new URL("../../target/debug/lab_server", import.meta.url));
/** The directory of the page: `PAGES=/another/dist npx playwright test`. */
export const PAGES = process.env.PAGES || fileURLToPath(new URL("../../dist", import.meta.url));

/** One request, as the server saw it. Times are milliseconds since its start. */
export interface Entry {
  id: number;
  connection: number;
  path: string;
  in_flight: number;
  arrival_ms: number;
  headers_ms: number | null;
  departure_ms: number | null;
  end: "complete" | "aborted" | "dropped" | null;
}

export interface Truth {
  now_ms: number;
  in_flight: number;
  peak: number;
  requests: Entry[];
}

/** A running lab_server. */
export class Server {
  private constructor(
    private readonly process: ChildProcess,
    /** Ends with a slash. */
    readonly address: string,
  ) {}

  static async start(...options: string[]): Promise<Server> {
    const child = spawn(PROGRAM, options, { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = await Promise.race([
      once(createInterface({ input: child.stdout! }), "line"),
      once(child, "error").then(([error]) => Promise.reject(error)),
      once(child, "exit").then(([code]) => Promise.reject(new Error(`lab_server ended with ${code}`))),
    ]);
    return new Server(child, /http:\S+/.exec(line)![0]);
  }

  /** Serves the page below `path`, and nothing of the Lab there. */
  static pages(path: string): Promise<Server> {
    return Server.start("--pages", PAGES, "--at", path);
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null) return;
    this.process.kill();
    await once(this.process, "exit");
  }

  async truth(): Promise<Truth> {
    return (await fetch(new URL("truth", this.address))).json();
  }

  async reset(): Promise<void> {
    await fetch(new URL("truth/reset", this.address), { method: "POST" });
  }

  /** The address of a route, such as `lab/delay/200`. */
  url(route: string): string {
    return new URL(route, this.address).href;
  }
}

/** An address as it is sent: without the fragment by which a run knows its requests again. */
export const sent = (address: string): string => address.replace(/#.*$/, "");

/** Collects what a page must not say. */
export class Complaints {
  private readonly said: string[] = [];
  private readonly allowed: RegExp[] = [];

  watch(context: BrowserContext): void {
    context.on("weberror", (error) => this.said.push(`page error: ${error.error().message}`));
    context.on("console", (message) => {
      if (message.type() === "error") this.said.push(`console: ${message.text()} (${sent(message.location().url)})`);
    });
  }

  /** For what the browser itself writes about requests that a test wants to fail. */
  allow(...patterns: RegExp[]): void {
    this.allowed.push(...patterns);
  }

  /** Those that are not allowed. */
  rest(): string[] {
    return this.said.filter((text) => !this.allowed.some((pattern) => pattern.test(text)));
  }
}

/** A key that no server has heard of: it remembers keys, and tests share it. */
let keys = 0;
export const newKey = (): string => `key-${process.pid}-${Date.now()}-${(keys += 1)}`;

/**
 * Measures until `measure` finds nothing wrong. What else the machine does makes moments late, but never makes a wrong
 * number right: of a few measurements the best one counts. Alone on its machine, the page needs one.
 */
export async function expectOnce(times: number, measure: () => Promise<unknown>): Promise<void> {
  const found: unknown[] = [];
  while (found.length < times) {
    const wrong = await measure();
    if (!wrong) return;
    found.push(wrong);
  }
  expect(found, `wrong in each of ${times} measurements`).toEqual([]);
}

interface PerTest {
  complaints: Complaints;
  /** The Lab with the ledger, reset before each test. */
  lab: Server;
  playground: Playground;
}

interface PerWorker {
  labServer: Server;
  pagesServer: Server;
}

/** The network goes away, and with it the service worker that ran: what is asked for next starts it anew. */
export async function goOffline(page: Page): Promise<void> {
  const context = page.context();
  await context.setOffline(true);
  const devtools = await context.newCDPSession(page);
  await devtools.send("ServiceWorker.enable");
  await devtools.send("ServiceWorker.stopAllWorkers");
}

export const SUB_PATH = "/some/sub/path/";

const serverFixture = (start: () => Promise<Server>) =>
  [
    async ({}, use: (server: Server) => Promise<void>) => {
      const server = await start();
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ] as const;

export const test = base.extend<PerTest, PerWorker>({
  labServer: serverFixture(() => Server.start()),
  pagesServer: serverFixture(() => Server.pages(SUB_PATH)),
  lab: async ({ labServer }, use) => {
    // What a test before left hanging has gone with its page.
    await expect.poll(async () => (await labServer.truth()).in_flight).toBe(0);
    await labServer.reset();
    await use(labServer);
  },
  complaints: [
    async ({ context }, use) => {
      const complaints = new Complaints();
      complaints.watch(context);
      await use(complaints);
      expect(complaints.rest(), "errors in the console").toEqual([]);
    },
    { auto: true },
  ],
  playground: async ({ page, pagesServer }, use) => {
    await use(new Playground(page, new URL(SUB_PATH, pagesServer.address).href));
  },
});
