// sweep/64x1000: how long the page takes to say what each of 64 settings would have made of a finished run of a thousand
// tasks, from the run's trace to the curve, against the time of one frame. It follows the slider if it fits into that.

import { ENGINE } from "./build.mjs";
import { figure } from "./figure.mjs";
import { withBenchPage } from "./host.mjs";
import { inTurns } from "./turns.mjs";

const TASKS = 1_000;
const SETTINGS = 64;
const FRAME_MS = 16;

export const sweep = {
  names: ["sweep/64x1000"],
  needs: ["lab", "engine"],
  async measure() {
    const [name] = this.names;
    const { ours } = await withBenchPage(ENGINE, ({ time }) => {
      const contender = async () => {
        const { ms, result } = await time(["wasmBindings", "sweep"], TASKS);
        if (result !== SETTINGS) throw new Error(`${name}: ${result} of ${SETTINGS} settings were predicted.`);
        return ms;
      };
      // The first of the warm-ups makes the run.
      return inTurns(name, { ours: contender }, { turns: 15, warmUps: 3 });
    });
    const goal = { words: `≤ ${FRAME_MS} ms, a frame`, isMet: (value) => value <= FRAME_MS };
    return [figure({ name, value: ours, unit: "ms", goal })];
  },
};
