// sim/sleeps-page and sim/semaphore64-page: timers that fire in a simulation in the page, each second, in a hundred
// thousand tasks that sleep once each. In the second each holds one of 64 permits while it sleeps.

import { ENGINE } from "./build.mjs";
import { atLeast, figure } from "./figure.mjs";
import { withBenchPage } from "./host.mjs";
import { inTurns } from "./turns.mjs";

const TASKS = 100_000;
const CONTENDERS = {
  ours: ["wasmBindings", "simulate"],
  "a bare heap loop, wasm": ["wasmBindings", "bare"],
  "a bare heap loop, JavaScript": ["peers", "heapLoop"],
};

/** Medians of millions of timers a second. */
const measure = (name, limit) =>
  withBenchPage(ENGINE, ({ time }) => {
    const ends = new Set();
    const contender = (path) => async () => {
      const { ms, result } = await time(path, TASKS, limit);
      // Nobody is timed who simulates something else.
      if (ends.add(result).size > 1) throw new Error(`${name}: the ends differ: ${[...ends].join(" ms, ")} ms.`);
      return TASKS / ms / 1_000;
    };
    const contenders = Object.entries(CONTENDERS).map(([peer, path]) => [peer, contender(path)]);
    return inTurns(name, Object.fromEntries(contenders), { turns: 9, warmUps: 2 });
  });

const bench = (name, limit, goal) => ({
  names: [name],
  needs: ["lab", "engine"],
  async measure() {
    const { ours, ...peers } = await measure(name, limit);
    return Object.entries(peers).map(([peer, peerValue], place) =>
      figure({ name, value: ours, unit: "M/s", better: "higher", peer, peerValue, goal: place === 0 ? goal : null }),
    );
  },
});

export const sleeps = bench("sim/sleeps-page", 0, atLeast(0.25));
export const semaphore64 = bench("sim/semaphore64-page", 64, null);
