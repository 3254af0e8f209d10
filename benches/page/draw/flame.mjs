// flame-chart-js: its waterfall, with its time grid. It puts who begins first and lasts longest on top, so its rows are ours from
// the last to the first.

import { FlameChartContainer, TimeGridPlugin, WaterfallPlugin } from "flame-chart-js";
import { COLOURS, PERMIT, windows } from "./data.mjs";

export const flame = (host, data, view) => {
  let canvas = null;
  let chart = null;
  const shown = windows(data, view, (from, to) => chart.setZoom(from, to));
  const items = () =>
    Array.from({ length: data.rows }, (_, row) => {
      const intervals = [];
      for (let at = data.first[row]; at < data.first[row + 1]; at += 1) {
        const color = COLOURS[data.kind[at] === PERMIT ? 0 : 1];
        intervals.push({ name: "", color, type: "block", start: data.start[at], end: data.end[at] });
      }
      return { name: "", intervals, timing: {} };
    });
  return {
    ...shown,
    first: () => {
      canvas = document.createElement("canvas");
      Object.assign(canvas, { width: view.width, height: view.height });
      host.append(canvas);
      const styles = { defaultHeight: view.height - view.axis };
      const waterfall = new WaterfallPlugin({ data: { items: items(), intervals: {} }, settings: { styles } });
      const main = { blockHeight: view.rowPx - 1 };
      chart = new FlameChartContainer({
        canvas,
        plugins: [new TimeGridPlugin({}), waterfall],
        settings: { styles: { main }, options: { tooltip: false } },
      });
      waterfall.setPositionY((data.rows - view.firstRow - view.rows) * view.rowPx);
      shown.whole();
    },
    leave: () => canvas.remove(),
  };
};
