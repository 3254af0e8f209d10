// The classic examples of the tutorials, for real: what the server saw of them.

import { type Entry, expect, test } from "./lab";

/** How many requests came at about the same time, time after time. */
function rounds(requests: Entry[]): number[] {
  const starts = requests.map(({ arrival_ms }) => arrival_ms).sort((a, b) => a - b);
  const sizes: number[] = [];
  let before = -Infinity;
  for (const start of starts) {
    if (start - before < 400) sizes[sizes.length - 1] += 1;
    else sizes.push(1);
    before = start;
  }
  return sizes;
}

test("five equal requests: at once they take as long as one", async ({ lab, playground }) => {
  await playground.open({ lab: lab.address, preset: "five", compare: 0 });
  await playground.runToEnd();
  const { requests, peak } = await lab.truth();
  expect(requests.map(({ path }) => path.split("?")[0])).toEqual(Array(5).fill("/lab/delay/1000"));
  expect([peak, rounds(requests)]).toEqual([5, [5]]);
  const [total] = await playground.totalsMs();
  expect(total).toBeGreaterThanOrEqual(995);
  expect(total).toBeLessThan(2_000);
});

test("five of which one is slow: the slow one sets the time", async ({ lab, playground }) => {
  await playground.open({ lab: lab.address, preset: "one-slow", compare: 0 });
  await playground.runToEnd();
  const { requests, peak } = await lab.truth();
  expect([requests.length, peak, rounds(requests)]).toEqual([5, 5, [5]]);
  await expect(playground.summary).toContainText("The slowest task sets the time: task 3 alone took 2.");
  const [total] = await playground.totalsMs();
  expect(total).toBeGreaterThanOrEqual(1_995);
  expect(total).toBeLessThan(3_000);
});

test("ten by threes with a pause that keeps the permit: four rounds, two seconds apart", async ({ lab, playground }) => {
  await playground.open({ lab: lab.address, preset: "kept-pause", compare: 0 });
  await playground.runToEnd();
  const { requests, peak } = await lab.truth();
  expect([peak, rounds(requests)]).toEqual([3, [3, 3, 3, 1]]);
  const starts = requests.map(({ arrival_ms }) => arrival_ms).sort((a, b) => a - b);
  for (const [one, other] of [[0, 3], [3, 6], [6, 9]]) {
    expect(starts[other] - starts[one]).toBeGreaterThanOrEqual(1_990);
    expect(starts[other] - starts[one]).toBeLessThan(2_500);
  }
  const [total] = await playground.totalsMs();
  expect(total).toBeGreaterThanOrEqual(7_990);
  expect(total).toBeLessThan(9_000);
});
