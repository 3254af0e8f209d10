// links/page: how fast the reader reads a page of 100 kB in the browser, against the browser's own DOMParser.

import { ENGINE } from "./build.mjs";
import { atLeast, figure } from "./figure.mjs";
import { withBenchPage } from "./host.mjs";
import { inTurns } from "./turns.mjs";

const PAGES = 50;
const PEER = "DOMParser and querySelectorAll";

export const links = {
  names: ["links/page"],
  needs: ["lab", "engine"],
  async measure() {
    const [name] = this.names;
    const medians = await withBenchPage(ENGINE, async ({ time }) => {
      await time(["peers", "startReader"]);
      const { result: page } = await time(["wasmBindings", "sample_page"]);
      const bytes = new TextEncoder().encode(page).length;
      const counts = new Set();
      const contender = (path) => async () => {
        const { ms, result } = await time(path, PAGES);
        // Nobody is timed who finds something else.
        if (counts.add(result).size > 1) throw new Error(`${name}: the counts differ: ${[...counts].join(", ")}.`);
        return (PAGES * bytes) / ms / 1_000;
      };
      const contenders = { ours: contender(["peers", "byReader"]), [PEER]: contender(["peers", "byDomParser"]) };
      return inTurns(name, contenders, { turns: 9, warmUps: 2 });
    });
    return [
      figure({
        name,
        value: medians.ours,
        unit: "MB/s",
        better: "higher",
        peer: PEER,
        peerValue: medians[PEER],
        goal: atLeast(3),
      }),
    ];
  },
};
