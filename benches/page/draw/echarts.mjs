// Apache ECharts: a custom series of rectangles over two axes of numbers, as its examples draw spans of time. It filters rows that
// are out of view away before it draws.

import { CustomChart } from "echarts/charts";
import { DataZoomInsideComponent, GridComponent } from "echarts/components";
import * as core from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { COLOURS, PERMIT, windows } from "./data.mjs";

core.use([CustomChart, DataZoomInsideComponent, GridComponent, CanvasRenderer]);

export const echarts = (host, data, view) => {
  let chart = null;
  const zoom = (startValue, endValue) => chart.dispatchAction({ type: "dataZoom", dataZoomIndex: 0, startValue, endValue }, { flush: true });
  const shown = windows(data, view, zoom);
  const plot = { x: view.left, y: view.axis, width: view.width - view.left - view.right, height: view.height - view.axis };
  const renderItem = (_, api) => {
    const [left, top] = api.coord([api.value(1), api.value(0)]);
    const [right] = api.coord([api.value(2), api.value(0)]);
    const shape = { x: left, y: top, width: Math.max(1, right - left), height: view.rowPx - 1 };
    return { type: "rect", shape: core.graphic.clipRectByRect(shape, plot), style: { fill: COLOURS[api.value(3)] } };
  };
  const flat = () => {
    const numbers = new Float64Array(data.count * 4);
    for (let at = 0; at < data.count; at += 1) {
      numbers.set([data.row[at], data.start[at], data.end[at], data.kind[at] === PERMIT ? 0 : 1], at * 4);
    }
    return numbers;
  };
  return {
    ...shown,
    first: () => {
      chart = core.init(host, null, { renderer: "canvas", width: view.width, height: view.height, devicePixelRatio: 1 });
      const names = ["row", "start", "end", "kind"];
      chart.setOption({
        animation: false,
        grid: { left: view.left, right: view.right, top: view.axis, bottom: 0 },
        xAxis: { type: "value", min: 0, max: shown.allMs, position: "top" },
        yAxis: { type: "value", inverse: true, min: 0, max: data.rows, show: false },
        dataZoom: [
          { type: "inside", xAxisIndex: 0, filterMode: "weakFilter" },
          { type: "inside", yAxisIndex: 0, filterMode: "filter", startValue: view.firstRow, endValue: view.firstRow + view.rows },
        ],
        series: { type: "custom", data: flat(), renderItem, dimensions: names, encode: { x: [1, 2], y: 0 }, progressive: 0, silent: true },
      });
    },
    leave: () => chart.dispose(),
  };
};
