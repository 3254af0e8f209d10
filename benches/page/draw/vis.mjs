// vis-timeline: a group for each row, with its segments as items. Each group and each item in view is an element of the page.

import { DataSet, Timeline } from "vis-timeline/standalone";
import style from "vis-timeline/styles/vis-timeline-graph2d.min.css";
import { COLOURS, PERMIT, windows } from "./data.mjs";

/** Its rows are as high as ours, as far as it lets them. */
const thin = (px) => `
  .vis-item { height: ${px - 1}px; border: 0; border-radius: 0; }
  .vis-item .vis-item-content { display: none; }
  .vis-label .vis-inner { padding: 0; height: ${px}px; }
  .vis-label, .vis-foreground .vis-group { border: 0; }
  .kind-0 { background: ${COLOURS[0]}; }
  .kind-1 { background: ${COLOURS[1]}; }`;

export const vis = (host, data, view) => {
  let timeline = null;
  const dress = document.createElement("style");
  dress.textContent = style + thin(view.rowPx);
  document.head.append(dress);
  const show = (from, to) => {
    timeline.setWindow(from, to, { animation: false });
    timeline.redraw();
  };
  const shown = windows(data, view, show);
  return {
    ...shown,
    first: () => {
      const items = Array.from({ length: data.count }, (_, id) => ({
        id,
        group: data.row[id],
        content: "",
        start: data.start[id],
        end: data.end[id],
        type: "range",
        className: `kind-${data.kind[id] === PERMIT ? 0 : 1}`,
      }));
      const groups = Array.from({ length: data.rows }, (_, id) => ({ id, content: "" }));
      timeline = new Timeline(host, new DataSet(items), new DataSet(groups), {
        width: `${view.width}px`,
        height: `${view.height}px`,
        start: 0,
        end: shown.allMs,
        stack: false,
        margin: { item: 0, axis: 0 },
        orientation: "top",
        groupOrder: "id",
        showCurrentTime: false,
        showMajorLabels: false,
        verticalScroll: true,
        editable: false,
        selectable: false,
      });
      // It scrolls by hands only, which do this.
      timeline._setScrollTop(-view.firstRow * view.rowPx);
      timeline.redraw();
    },
    leave: () => timeline.destroy(),
  };
};
