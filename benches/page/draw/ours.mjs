// Ours as a contender: functions that run in the built page, once its simulation is over. What is measured is the page, with
// all that it does besides drawing bars.

/** Makes it `window.contender`, with its rows in the middle. Returns what of it is seen, for the others to show the same. */
export const enter = async () => {
  const viewport = document.querySelector(".viewport");
  const canvas = viewport.querySelector("canvas");
  const [left, right, axis, rowPx] = [140, 16, 26, 3]; // as timeline::layout has them
  const fit = [...document.querySelectorAll(".zoom button")].find(({ ariaLabel }) => ariaLabel === "Fit");
  const wheel = (turn) => canvas.dispatchEvent(new WheelEvent("wheel", { bubbles: true, cancelable: true, ...turn }));
  const slider = document.querySelector(".replay input");
  const back = [...document.querySelectorAll(".replay button")].find(({ ariaLabel }) => ariaLabel === "Whole run");
  // Very many rows are folded into lines that stand for several at first. The others draw each of theirs, and so does ours here.
  const folds = [...document.querySelectorAll(".zoom button")].find(({ textContent }) => textContent === "Fit rows");
  if (folds?.ariaPressed === "true") folds.click();
  await new Promise((resolve) => setTimeout(resolve, 200));
  const { width, height } = canvas.getBoundingClientRect();
  viewport.scrollTop = Math.floor((viewport.scrollHeight - viewport.clientHeight) / 2 / rowPx) * rowPx;
  await new Promise((resolve) => setTimeout(resolve, 200));
  window.contender = {
    // A replay's cursor, dropped at the end, folds all events from the first one on and shows what came of them.
    first: () => {
      slider.value = "999";
      slider.dispatchEvent(new Event("input", { bubbles: true }));
    },
    leave: () => back.click(),
    whole: () => fit.click(),
    // Six turns of the wheel, drawn as one.
    tenth: () => {
      fit.click();
      const factor = 0.1 ** (1 / 6);
      const deltaY = (200 * (factor - 1)) / (factor + 1);
      const { left: x, top: y } = canvas.getBoundingClientRect();
      const clientX = x + left + (width - left - right) / 2;
      for (let turn = 0; turn < 6; turn += 1) wheel({ deltaY, ctrlKey: true, clientX, clientY: y + 100 });
    },
    pan: (px) => wheel({ deltaX: px }),
  };
  // How long the run took, in words: the others' data must be of the same.
  const { textContent: clock } = document.querySelector(".replay .clock");
  const firstRow = Math.floor((viewport.scrollTop - 8) / rowPx);
  return { width, height, left, right, axis, rowPx, firstRow, rows: Math.ceil((height - axis) / rowPx), clock };
};
