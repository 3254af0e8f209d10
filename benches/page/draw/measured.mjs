// How a contender is measured: functions that run in its page, which holds its frames (frames.mjs) and has it as
// `window.contender`. The same for all.
//
// A contender has `first()`, which makes it of its data and draws all of the time; `leave()`, which takes it away again;
// and `whole()`, `tenth()` and `pan(px)`, which show all of the time, its middle tenth, and what is so many pixels later.

/**
 * One drawing, in ms: the script, the animation frame that it asked for, the layout, and the canvases' pixels, which a
 * look at one of them makes the browser draw.
 */
export const drawing = async (name) => {
  const settle = async () => {
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
  };
  const held = window.held;
  const { shapes } = held;
  await new Promise((resolve) => held.next(resolve));
  held.isForced = true;
  held.drawn.clear();
  const begun = performance.now();
  window.contender[name]();
  await settle();
  held.force();
  await settle();
  document.body.getBoundingClientRect();
  const laidOut = performance.now();
  // To look for canvases is no part of drawing them, and to look at one on which nothing was drawn makes nobody draw.
  const canvases = [...held.drawn].filter(({ isConnected, width, height }) => isConnected && width > 0 && height > 0);
  const found = performance.now();
  for (const canvas of canvases) canvas.getContext("2d").getImageData(0, 0, 1, 1);
  const ms = laidOut - begun + (performance.now() - found);
  const seen = document.querySelectorAll(".vis-item").length;
  if (name !== "leave" && held.shapes === shapes && seen === 0) throw new Error(`${name} has drawn nothing.`);
  return ms;
};

/**
 * A pan over the middle tenth: so many steps of six pixels, one a frame, half of them there and half back. Returns each
 * step's script and the gaps between the frames, in ms; of fewer steps where `limit_ms` is over.
 */
export const pan = async (steps, limitMs) => {
  const held = window.held;
  const frame = () => new Promise((resolve) => held.next(resolve));
  const [scripts, gaps] = [[], []];
  window.contender.tenth();
  await frame();
  await frame();
  const begun = performance.now();
  let before = await frame();
  for (let step = 0; step < steps && performance.now() - begun < limitMs; step += 1) {
    held.spentMs = 0;
    const start = performance.now();
    window.contender.pan(step < steps / 2 ? 6 : -6);
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
    const script = performance.now() - start;
    const now = await frame();
    scripts.push(script + held.spentMs);
    gaps.push(now - before);
    before = now;
  }
  return { scripts, gaps };
};
