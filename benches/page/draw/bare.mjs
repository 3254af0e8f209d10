// The floor: a loop that fills the rectangles of the rows in view on a canvas. It has no axis, no labels, no words, and nothing
// can be done with it.

import { COLOURS, PERMIT, windows } from "./data.mjs";

export const bare = (host, data, view) => {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  const plot = view.width - view.left - view.right;
  const until = Math.min(data.rows, view.firstRow + view.rows);
  const show = (from, to) => {
    context.clearRect(0, 0, view.width, view.height);
    for (let kind = 0; kind < 2; kind += 1) {
      context.fillStyle = COLOURS[kind];
      for (let row = view.firstRow; row < until; row += 1) {
        const top = view.axis + (row - view.firstRow) * view.rowPx;
        for (let at = data.first[row]; at < data.first[row + 1]; at += 1) {
          const isShown = (data.kind[at] === PERMIT) === (kind === 0) && data.end[at] > from && data.start[at] < to;
          if (!isShown) continue;
          const left = Math.max(0, ((data.start[at] - from) / (to - from)) * plot);
          const right = Math.min(plot, ((data.end[at] - from) / (to - from)) * plot);
          context.fillRect(view.left + left, top, Math.max(1, right - left), view.rowPx - 1);
        }
      }
    }
  };
  const shown = windows(data, view, show);
  return {
    ...shown,
    first: () => {
      Object.assign(canvas, { width: view.width, height: view.height });
      host.append(canvas);
      shown.whole();
    },
    leave: () => canvas.remove(),
  };
};
