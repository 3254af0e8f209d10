// The least that a simulation of sleeping tasks can be in JavaScript: a loop over a binary heap, without tasks.

const LONGEST_MS = 10_000;

/** Marsaglia's xorshift, as in src/sim.rs. */
const spans = (count) => {
  let state = 2_463_534_242;
  return Array.from({ length: count }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return 1 + ((state >>> 0) % LONGEST_MS);
  });
};

/** [due, order] pairs: soonest first, and in the order of setting where they are due together. */
class Heap {
  items = [];

  static #isBefore = (a, b) => a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);

  push(item) {
    const { items } = this;
    let place = items.length;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!Heap.#isBefore(item, items[parent])) break;
      items[place] = items[parent];
      place = parent;
    }
    items[place] = item;
  }

  pop() {
    const { items } = this;
    const [first] = items;
    const last = items.pop();
    const { length } = items;
    if (length === 0) return first;
    let place = 0;
    for (let child = 1; child < length; child = 2 * place + 1) {
      if (child + 1 < length && Heap.#isBefore(items[child + 1], items[child])) child += 1;
      if (!Heap.#isBefore(items[child], last)) break;
      items[place] = items[child];
      place = child;
    }
    items[place] = last;
    return first;
  }
}

/** The virtual time at the end, in ms. A limit of 0 stands for none. */
export const heapLoop = (count, limit) => {
  const all = spans(count);
  const heap = new Heap();
  let order = 0;
  let nowMs = 0;
  const next = () => {
    heap.push([nowMs + all[order], order]);
    order += 1;
  };
  while (order < count && (limit === 0 || order < limit)) next();
  while (heap.items.length > 0) {
    [nowMs] = heap.pop();
    if (order < count) next();
  }
  return nowMs;
};
