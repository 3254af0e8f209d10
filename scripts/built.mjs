// built.mjs: what is done to the site that trunk has built, before it is put in place.
import { tellKept } from "./kept.mjs";
import { split } from "./split.mjs";

const directory = process.env.TRUNK_STAGING_DIR;
await split(directory);
tellKept(directory);
