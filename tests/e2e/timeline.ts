// The timeline as tests read it: what is in view, by what the canvas is called, as a screen reader does; its controls by
// their names; and places on its axis.

import { type Page } from "@playwright/test";
import { expect } from "./lab";
import { type Playground, milliseconds } from "./playground";

export interface InView {
  isWhole: boolean;
  from: number;
  to: number;
}

/** What the timeline shows, in milliseconds. */
export async function inView(playground: Playground): Promise<InView> {
  const label = (await playground.timeline.getByRole("img").getAttribute("aria-label"))!;
  const [, all, from, to] = /In view: (all, )?(.+?) to (.+?)(?: of .+?)?\. The/.exec(label)!;
  const ms = (text: string) => (text === "0" ? 0 : milliseconds(text));
  return { isWhole: Boolean(all), from: ms(from), to: ms(to) };
}

export const isWhole = (playground: Playground) => expect.poll(async () => (await inView(playground)).isWhole);
export const length = ({ from, to }: InView) => to - from;

/** What is rounded to two decimals of a second may be off by that much. */
export const OFF_MS = 12;

/** The canvas's box, and the place in it that is this share of the time axis. */
export async function axis(page: Page, playground: Playground) {
  const box = (await playground.timeline.getByRole("img").boundingBox())!;
  const [left, right] = box.width < 620 ? [8, 16] : [140, 16];
  return { box, x: (share: number) => box.x + left + share * (box.width - left - right), y: box.y + 60 };
}

export const button = (playground: Playground, name: string) => playground.timeline.getByRole("button", { name, exact: true });
export const map = (playground: Playground) => playground.timeline.getByRole("slider", { name: "Window of time" });
export const viewport = (page: Page) => page.getByRole("group", { name: "Timeline, scrollable" });

export async function settled<T>(read: () => Promise<T>): Promise<T> {
  let before = JSON.stringify(await read());
  await expect
    .poll(async () => {
      const now = JSON.stringify(await read());
      const isSame = now === before;
      before = now;
      return isSame;
    })
    .toBe(true);
  return read();
}
