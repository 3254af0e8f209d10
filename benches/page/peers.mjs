// The peers, which run in the page beside ours. esbuild bundles this file with p-limit; it leaves them on
// window.peers. Each does the same work as ours, as one would write it with that peer.

import pLimit from "p-limit";
import { heapLoop } from "./loop.mjs";
import { byDomParser, byReader, startReader } from "./read.mjs";

/** A limiter in twenty lines, as many programs have one: no cancelling, no change of the limit. */
const smallLimiter = (limit) => {
  const line = [];
  let head = 0;
  let inUse = 0;
  const next = () => {
    if (inUse === limit || head === line.length) return;
    inUse += 1;
    line[head++]();
  };
  return async (task) => {
    await new Promise((go) => {
      line.push(go);
      next();
    });
    try {
      return await task();
    } finally {
      inUse -= 1;
      next();
    }
  };
};

/** As ours asks: nothing from the cache, no credentials, no referrer. */
const init = { cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer" };

/**
 * Sends `count` requests for `address` with at most `limit` in flight, and reads each answer whole: one promise for
 * the headers and one for the body. It keeps no times, can't be stopped, and has no timeout; ours does all that.
 */
const requests = async (address, count, limit) => {
  const limited = pLimit(limit);
  const request = async () => {
    const response = await fetch(address, init);
    await response.arrayBuffer();
    return response.ok;
  };
  const answers = await Promise.all(Array.from({ length: count }, () => limited(request)));
  return answers.filter(Boolean).length;
};

/** Takes `count` tasks that resolve at once through a limiter; all are queued before the first runs. */
const queue = async (limited, count) => {
  const tasks = Array.from({ length: count }, (_, number) => limited(async () => number));
  return (await Promise.all(tasks)).length;
};

window.peers = {
  requests,
  heapLoop,
  startReader,
  byReader,
  byDomParser,
  queue: {
    "p-limit": (count, limit) => queue(pLimit(limit), count),
    "20-line limiter": (count, limit) => queue(smallLimiter(limit), count),
    "Promise.all, no limit": (count) => queue((task) => task(), count),
  },
};
