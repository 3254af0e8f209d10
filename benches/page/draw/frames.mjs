// What is put into each page before anything is drawn: a hold on its animation frames, and a count of what is drawn on
// canvases. The functions run in the page; nothing of this file is seen there but they.

/**
 * From now on the page's frames are told of: `held.force()` gives those who asked for a frame theirs at once, and
 * `held.spentMs` is what they took when the browser gave it. `held.shapes` counts what was drawn on canvases, and `held.drawn`
 * are those that it was drawn on.
 */
export const hold = () => {
  if (window.held) return;
  const next = window.requestAnimationFrame.bind(window);
  const cancel = window.cancelAnimationFrame.bind(window);
  const held = { isForced: false, asked: new Map(), spentMs: 0, shapes: 0, drawn: new Set(), next };
  let count = 1e9; // no number that the browser gives
  const timed = (act) => (at) => {
    const begun = performance.now();
    act(at);
    held.spentMs += performance.now() - begun;
  };
  window.requestAnimationFrame = (act) => {
    if (!held.isForced) return next(timed(act));
    held.asked.set(++count, act);
    return count;
  };
  window.cancelAnimationFrame = (id) => {
    if (!held.asked.delete(id)) cancel(id);
  };
  held.force = () => {
    const asked = [...held.asked.values()];
    held.asked.clear();
    held.isForced = false; // who asks in a frame for the next is not in a hurry
    asked.forEach((act) => act(performance.now()));
  };
  const canvas = CanvasRenderingContext2D.prototype;
  for (const name of ["fillRect", "fill"]) {
    const draw = canvas[name];
    canvas[name] = function (...shape) {
      held.shapes += 1;
      held.drawn.add(this.canvas);
      return draw.apply(this, shape);
    };
  }
  const { drawImage } = canvas;
  canvas.drawImage = function (...image) {
    held.drawn.add(this.canvas);
    return drawImage.apply(this, image);
  };
  window.held = held;
};
