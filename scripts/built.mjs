// built.mjs: what is done to the site that trunk has built, before it is put in place.
import { split } from "./split.mjs";
import { writeWorker } from "./worker.mjs";

const directory = process.env.TRUNK_STAGING_DIR;
await split(directory);
await writeWorker(directory);
