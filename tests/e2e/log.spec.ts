// The log: what happened in the run that is shown, in words.

import { expect, test } from "./lab";

test("the log is that of the run that is shown, line by line", async ({ playground }) => {
  // Requests of 100 ms, in virtual time: every line of both runs is known, and many have the same number in both.
  await playground.open({ net: "Simulation", tasks: 12, n: 3, latency: "fixed 100" });
  await playground.runToEnd();
  // Of what is out of view the browser knows no text as it is painted.
  const lines = () => playground.log.locator("p:not(.muted)").allTextContents();
  const ends = async () => (await lines()).filter((line) => / ends: /.test(line));
  const endOf = (task: number, at: number) => `${at.toFixed(1)}task ${task} ends: 200`;
  const tasks = Array.from({ length: 12 }, (_, task) => task + 1);
  const sequential = tasks.map((task) => endOf(task, task * 100));
  const limited = tasks.map((task) => endOf(task, Math.ceil(task / 3) * 100));
  for (let turn = 0; turn < 2; turn += 1) {
    await playground.show("One at a time");
    await expect.poll(ends).toEqual(sequential);
    expect((await lines()).at(-1)).toBe("1200.0run finished");
    await playground.show("At most 3");
    await expect.poll(ends).toEqual(limited);
    expect((await lines()).at(-1)).toBe("400.0run finished");
  }
});
