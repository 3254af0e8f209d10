// schedule/60x200ms@6 and fetch/2000@6: real requests to the Lab on a socket, by ours and by p-limit in one page.
//
// Ours is a whole run, as Run in the page starts it. Both ask the origin that served the page, over the same six
// connections, with the same options of fetch.

import { ENGINE } from "./build.mjs";
import { atMost, figure } from "./figure.mjs";
import { withBenchPage } from "./host.mjs";
import { inTurns } from "./turns.mjs";

const LIMIT = 6;

/** Medians of milliseconds for `count` requests for `route`. */
const measure = (name, route, count) =>
  withBenchPage(ENGINE, async ({ address, time }) => {
    const contender = (path) => async () => {
      await fetch(`${address}truth/reset`, { method: "POST" });
      const { ms, result } = await time(path, `${address}${route}`, count, LIMIT);
      const { peak, requests } = await (await fetch(`${address}truth`)).json();
      // Who cheats or fails has no time.
      if (result !== count || requests.length !== count || peak > LIMIT) {
        throw new Error(
          `${name}: of ${count} requests ${path.join(".")} got ${result} answers; ` +
            `the server saw ${requests.length}, at most ${peak} at a time, where ${LIMIT} were allowed.`,
        );
      }
      return ms;
    };
    return inTurns(name, { ours: contender(["wasmBindings", "run"]), "p-limit": contender(["peers", "requests"]) });
  });

const REQUESTS = 60;
const REQUEST_MS = 200;

export const schedule = {
  names: ["schedule/60x200ms@6"],
  needs: ["lab", "engine"],
  async measure() {
    const [name] = this.names;
    const medians = await measure(name, `lab/delay/${REQUEST_MS}`, REQUESTS);
    const idealMs = (REQUESTS / LIMIT) * REQUEST_MS;
    const goal = {
      words: "≤ 1.03 and no worse than p-limit",
      isMet: (value, ratio) => value <= 1.03 && ratio <= 1,
    };
    const [value, peerValue] = [medians.ours / idealMs, medians["p-limit"] / idealMs];
    return [figure({ name, value, unit: "× ideal", peer: "p-limit", peerValue, goal })];
  },
};

const MANY = 2_000;

export const empty = {
  names: ["fetch/2000@6"],
  needs: ["lab", "engine"],
  async measure() {
    const [name] = this.names;
    const medians = await measure(name, "lab/bytes/0", MANY);
    const microseconds = (ms) => (ms * 1_000) / MANY;
    const [value, peerValue] = [microseconds(medians.ours), microseconds(medians["p-limit"])];
    return [figure({ name, value, unit: "µs", peer: "p-limit", peerValue, goal: atMost(1) })];
  },
};
