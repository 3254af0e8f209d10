// Repetitions in turns, and their medians: what disturbs the machine for a while disturbs all alike.

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/**
 * Measures each contender once a turn, in alternating order (A B, B A, …), so that none always goes first. Those of the
 * first turns only warm up. `contenders` maps names to async functions that measure one repetition; so does what is
 * returned, to medians.
 */
export const inTurns = async (title, contenders, { turns = 7, warmUps = 1 } = {}) => {
  const values = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  for (let turn = -warmUps; turn < turns; turn++) {
    const order = Object.keys(contenders);
    if (turn % 2 !== 0) order.reverse();
    for (const name of order) {
      const value = await contenders[name]();
      if (turn >= 0) values[name].push(value);
    }
  }
  for (const [name, all] of Object.entries(values)) {
    console.error(`    ${title}: ${name}: ${all.map((value) => value.toPrecision(4)).join("  ")}`);
  }
  return Object.fromEntries(Object.entries(values).map(([name, all]) => [name, median(all)]));
};
