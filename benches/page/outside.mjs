// What is not measured in the page: the native programs' figures, and the size of the built site.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { figure } from "./figure.mjs";
import { NATIVE_BENCH, run, simpy } from "./build.mjs";

const NATIVE_JSON = "target/bench-native.json";

/** The semaphore and the simulator beside the published ones: native_bench makes the entries; see benches/src. */
export const native = {
  names: [
    "semaphore/handoff",
    "semaphore/uncontended",
    "sim/sleeps",
    "sim/semaphore64",
    "sim/vs-simpy",
    "sweep/64x1000-native",
    "memory/task-native",
    "crawl/url-bytes",
    "crawl/virtual",
    "crawl/virtual-html",
    "links/native",
    "replay/cursor",
    "replay/rows",
    "replay/rows-copied",
    "replay/log",
    "replay/lending",
    "draw/bytes-per-segment",
  ],
  needs: ["native"],
  measure(prefix) {
    const python = "sim/vs-simpy".startsWith(prefix) ? simpy() : null;
    if (python) process.env.SIMPY_PYTHON = python;
    // Each in a process of its own: what one has freed would be room for the next, whose memory would seem not to grow.
    const benches = spawnSync(NATIVE_BENCH, ["--names"], { encoding: "utf8" }).stdout.trim().split("\n");
    const wanted = benches.filter((name) => name.startsWith(prefix) || prefix.startsWith(name));
    return wanted.flatMap((name) => {
      run(NATIVE_BENCH, name, "--json", NATIVE_JSON);
      return JSON.parse(readFileSync(NATIVE_JSON, "utf8"));
    });
  },
};

/** Bytes of brotli before the first paint and after it, as scripts/size.mjs weighed them when the page was built. */
export const size = {
  names: ["size/brotli", "size/all", "size/runs", "size/workers", "size/crawls"],
  needs: ["dist"],
  measure() {
    const { total, goal, later } = JSON.parse(readFileSync("target/size.json", "utf8"));
    const [value, most] = [total.brotli, goal].map((bytes) => bytes / 1_000);
    const words = `≤ ${most} kB`;
    const goals = { words, isMet: (value) => value <= most };
    const first = figure({ name: "size/brotli", value, unit: "kB", goal: goals });
    const whole = later.reduce((sum, { total }) => sum + total.brotli / 1_000, value);
    const all = figure({ name: "size/all", value: whole, unit: "kB", goal: goals });
    const parts = later.map(({ name, total }) =>
      figure({ name: name.replace(/^for /, "size/"), value: total.brotli / 1_000, unit: "kB" }),
    );
    return [first, all, ...parts];
  },
};
