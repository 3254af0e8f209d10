// The page of those that draw the same as ours: esbuild bundles this file with them (see build.mjs).

import "./held.mjs";
import { bare } from "./bare.mjs";
import { load } from "./data.mjs";
import { echarts } from "./echarts.mjs";
import { flame } from "./flame.mjs";
import { vis } from "./vis.mjs";

const all = { bare, flame, echarts, vis };

/**
 * Loads the segments, and makes a contender ready to draw them: `window.contender`. Returns how many there are,
 * and how long they take.
 */
window.enter = async (name, file, view) => {
  const data = await load(file);
  const host = document.createElement("div");
  host.style.cssText = `width:${view.width}px;height:${view.height}px`;
  document.body.append(host);
  window.contender = all[name](host, data, view);
  return { segments: data.count, rows: data.rows, seconds: data.end.reduce((most, end) => Math.max(most, end), 0) / 1e3 };
};
