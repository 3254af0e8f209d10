// The segments of our run, as native_bench has written them, and the times that a view shows.

/** Where a segment's kind is a wait for a permit; the others are requests. */
export const PERMIT = 1;

/** What the contenders draw: of each segment its row, its kind, and its start and end in ms; row by row. */
export const load = async (file) => {
  const numbers = new Uint32Array(await (await fetch(file)).arrayBuffer());
  const count = numbers.length / 4;
  const [row, kind] = [new Uint32Array(count), new Uint8Array(count)];
  const [start, end] = [new Float64Array(count), new Float64Array(count)];
  for (let at = 0; at < count; at += 1) {
    row[at] = numbers[at * 4];
    kind[at] = numbers[at * 4 + 1];
    start[at] = numbers[at * 4 + 2] / 1e3;
    end[at] = numbers[at * 4 + 3] / 1e3;
  }
  const rows = row[count - 1] + 1;
  /** The place of each row's first segment, and one more. */
  const first = new Uint32Array(rows + 1).fill(count);
  for (let at = count - 1; at >= 0; at -= 1) first[row[at]] = at;
  return { count, rows, row, kind, start, end, first };
};

/**
 * The window of time of a contender that shows `show(fromMs, toMs)`: ours' margin behind the last end, its middle tenth, and
 * steps of `pxMs` ms a pixel.
 */
export const windows = (data, view, show) => {
  const allMs = data.end.reduce((most, end) => Math.max(most, end), 0) * 1.02;
  const pxMs = (allMs * 0.1) / (view.width - view.left - view.right);
  let from = 0;
  return {
    allMs,
    whole: () => show(0, allMs),
    tenth: () => {
      from = allMs * 0.45;
      show(from, from + allMs * 0.1);
    },
    pan: (px) => {
      from += px * pxMs;
      show(from, from + allMs * 0.1);
    },
  };
};

export const COLOURS = ["#c77700", "#2b6cb0"];
