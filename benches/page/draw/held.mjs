// Before any contender is loaded: some keep the function that asks for a frame.

import { hold } from "./frames.mjs";

hold();
