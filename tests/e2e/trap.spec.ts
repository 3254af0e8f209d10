// The buffered stream's trap, for real: what nobody polls while the consumer works looks late, and starts late.

import { expect, test } from "./lab";
import { milliseconds } from "./playground";

test("a buffered stream starts nothing while its consumer works, and a pipeline does; as predicted", async ({ lab, playground }) => {
  await playground.open({ lab: lab.address, preset: "trap" });
  await playground.runToEnd();
  const { requests } = await lab.truth();
  expect(requests).toHaveLength(18);
  await expect(playground.summary).toContainText("“3, as completed”: while its consumer worked, nobody polled the requests in flight.");
  await expect(playground.headline).toHaveText(/^A pipeline of three took .* by “buffer unordered”: 1\.[1-4]\stimes faster\.$/);

  // The consumer's spans, from the table of the run that fell in, against the server's own arrivals.
  await playground.show("3, as completed");
  const fell = await playground.readTasks();
  const working = fell.map(({ ms }) => [ms.start + ms.total - ms.store, ms.start + ms.total]);
  const zero = Math.min(...requests.map(({ arrival_ms }) => arrival_ms));
  const arrivals = requests.map(({ arrival_ms }) => arrival_ms - zero).sort((a, b) => a - b).slice(0, 9);
  const isMeanwhile = (at: number) => working.some(([from, to]) => at > from + 100 && at < to - 100);
  expect(arrivals.filter(isMeanwhile)).toEqual([]);

  // The cure starts the next as soon as there is room, whatever the consumer does.
  const totals = await playground.totalsMs();
  const predicted = (await playground.figures("Predicted")).map(milliseconds);
  expect(predicted[0] / predicted[1]).toBeGreaterThan(1.2);
  for (const [place, total] of totals.entries()) expect(Math.abs(total / predicted[place] - 1)).toBeLessThan(0.12);
});
