// A figure: ours beside a peer's, as an entry of target/bench.json and as a line of the table.

/** Three digits after the point, or three that count in what is smaller than one. */
const rounded = (value) => Number(Math.abs(value) < 1 ? value.toPrecision(3) : value.toFixed(3));

/**
 * An entry in the form of DESIGN section 9; `better` says which way it is to go.
 * `goal` is `{ words, isMet(value, ratio) }`; where none is set, what the peer shows is for comparison only.
 */
export const figure = ({ name, value, unit, better = "lower", peer = null, peerValue = null, goal = null }) => {
  const ratio = peerValue === null ? null : value / peerValue;
  return {
    figure: name,
    value: rounded(value),
    unit,
    better,
    peer,
    peer_value: peerValue === null ? null : rounded(peerValue),
    ratio: ratio === null ? null : rounded(ratio),
    goal: goal?.words ?? null,
    // Of the rounded numbers, so that the file agrees with itself.
    met: goal?.isMet(rounded(value), ratio === null ? null : rounded(ratio)) ?? null,
  };
};

/** The goal that the ratio to the peer is at most this. */
export const atMost = (most) => ({ words: `ratio ≤ ${most.toFixed(2)}`, isMet: (_, ratio) => ratio <= most });

/** The goal that the ratio to the peer is at least this. */
export const atLeast = (least) => ({ words: `ratio ≥ ${least.toFixed(2)}`, isMet: (_, ratio) => ratio >= least });

const amount = (value, unit) => (value === null ? "" : `${value.toFixed(value < 10 ? 3 : 1)} ${unit}`.trim());

/** All figures in columns. */
export const table = (figures) => {
  const rows = figures.map((entry) => [
    entry.figure,
    amount(entry.value, entry.unit),
    entry.peer ?? "",
    amount(entry.peer_value, entry.unit),
    entry.ratio?.toFixed(3) ?? "",
    entry.goal ?? "",
    entry.met === null ? "" : entry.met ? "yes" : "NO",
  ]);
  rows.unshift(["figure", "ours", "peer", "peer's", "ratio", "goal", "met"]);
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const isNumber = [false, true, false, true, true, false, false];
  const cell = (text, column) => (isNumber[column] ? text.padStart(widths[column]) : text.padEnd(widths[column]));
  return rows.map((row) => row.map(cell).join("  ").trimEnd()).join("\n");
};
