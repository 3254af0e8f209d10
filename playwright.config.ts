import { defineConfig } from "@playwright/test";
import { readFileSync } from "node:fs";

// The flags are those of the wasm tests: webdriver.json is the one place that names them.
const { args } = JSON.parse(readFileSync(new URL("webdriver.json", import.meta.url), "utf8"))["goog:chromeOptions"];

// Tests that hold the page against a clock or a server's log: nothing runs beside them. The others look at what is shown.
const TIMED = /\/(cancel|classics|crawl|crawl-harder|dials|exchange|lifted|live|loop|prediction|replay|replay-live|retries|simulation|stop|strategies|trap|truth|what-if|worker)\.spec\.ts$/;

export default defineConfig({
  testDir: "tests/e2e",
  projects: [
    { name: "timed", testMatch: TIMED },
    { name: "shown", testIgnore: TIMED },
  ],
  // `make test` runs those that are shown two at a time, after the others.
  workers: 1,
  // A second try would hide a wrong first one.
  retries: 0,
  timeout: 60_000,
  forbidOnly: true,
  reporter: "list",
  // The pictures of look.spec.ts, the same for all systems. A missing one is a failure, here as anywhere.
  snapshotPathTemplate: "{testDir}/{testFilePath}-snapshots/{arg}{ext}",
  updateSnapshots: "none",
  // Edges are smoothed a little differently from system to system; a bar, a colour or a place that is another one is more.
  expect: { toHaveScreenshot: { threshold: 0.02, maxDiffPixelRatio: 0.0005 } },
  use: {
    locale: "en-GB",
    screenshot: "only-on-failure",
    launchOptions: { executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args },
  },
});
