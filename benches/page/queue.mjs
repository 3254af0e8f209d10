// semaphore/page: how long tasks that resolve at once take through a limiter, all of them queued before the first runs.

import { ENGINE } from "./build.mjs";
import { atMost, figure } from "./figure.mjs";
import { withBenchPage } from "./host.mjs";
import { inTurns } from "./turns.mjs";

const TASKS = 100_000;
const LIMIT = 8;
/** The goal is set against the first; the others show what a limit costs at least. */
const PEERS = ["p-limit", "20-line limiter", "Promise.all, no limit"];

export const queue = {
  names: ["semaphore/page"],
  needs: ["lab", "engine"],
  async measure() {
    const [name] = this.names;
    const medians = await withBenchPage(ENGINE, ({ time }) => {
      const contender = (path) => async () => {
        const { ms, result } = await time(path, TASKS, LIMIT);
        if (result !== TASKS) throw new Error(`${name}: ${path.join(".")} resolved ${result} of ${TASKS} tasks.`);
        return ms;
      };
      const peers = PEERS.map((peer) => [peer, contender(["peers", "queue", peer])]);
      const contenders = { ours: contender(["wasmBindings", "queue"]), ...Object.fromEntries(peers) };
      // Two turns until the engines of both languages have compiled what is hot.
      return inTurns(name, contenders, { turns: 9, warmUps: 2 });
    });
    return PEERS.map((peer, place) =>
      figure({
        name,
        value: medians.ours,
        unit: "ms",
        peer,
        peerValue: medians[peer],
        goal: place === 0 ? atMost(0.5) : null,
      }),
    );
  },
};
