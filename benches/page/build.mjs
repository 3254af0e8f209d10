// Builds what the figures need, each thing once. A release build of the page is a matter of minutes, and so is one of
// the native programs; what is up to date is not built again.

import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { buildSync } from "esbuild";

/** Where the built pages are: the engine with its peers, and the bare counter. */
export const ENGINE = "target/bench-page/engine";
export const COUNTER = "target/bench-page/counter";
export const DIST = "dist";
/** Those who draw the same as ours, and what they draw. */
export const DRAW = "target/bench-page/draw";
export const LAB_SERVER = "target/native/lab_server";
export const NATIVE_BENCH = "target/native/native_bench";

const PATH = [".tools/bin", "node_modules/.bin"].map((directory) => `${process.cwd()}/${directory}`);
PATH.push(process.env.PATH);

/** Where SimPy's virtual environment is. */
const SIMPY = "target/simpy";

/** Runs a program to its end, on the terminal; what it prints as its result goes to stderr as well. */
export const run = (program, ...args) => {
  console.error(`==> ${program} ${args.join(" ")}`);
  const env = { ...process.env, PATH: PATH.join(":") };
  const { error, status } = spawnSync(program, args, { stdio: ["ignore", 2, 2], env });
  if (error) throw new Error(`'${program}' could not be started (${error.code}): run this as 'make bench'.`);
  if (status !== 0) throw new Error(`'${program} ${args.join(" ")}' ended with ${status}: read its message above.`);
};

/** As `make dist` builds the page: Trunk.toml, the release profile, wasm-bindgen, wasm-opt, and minified scripts. */
const trunk = (index, directory) => {
  run("trunk", "--quiet", "build", "--release", "--offline", "--locked", "--dist", directory, index);
  run("node", "scripts/minify.mjs", directory);
};

const native = (name) => run("cargo", "build", "--locked", "--profile", "native", "--package", name);

/** What can be needed. */
export const builders = {
  lab: () => native("lab_server"),
  native: () => native("native_bench"),
  engine: () => {
    trunk("benches/page/index.html", ENGINE);
    const bundle = { entryPoints: ["benches/page/peers.mjs"], outfile: `${ENGINE}/peers.js` };
    buildSync({ ...bundle, bundle: true, format: "esm", minify: true });
  },
  counter: () => trunk("benches/counter/index.html", COUNTER),
  dist: () => run("make", "--no-print-directory", "dist"),
  draw: () => {
    mkdirSync(DRAW, { recursive: true });
    copyFileSync("benches/page/draw/index.html", `${DRAW}/index.html`);
    const bundle = { entryPoints: ["benches/page/draw/index.mjs"], outfile: `${DRAW}/draw.js`, loader: { ".css": "text" } };
    buildSync({ ...bundle, bundle: true, format: "esm", minify: true });
  },
};

/** Writes the segments of a run of so many tasks beside those who draw them. */
export const segments = (tasks, file) => run(NATIVE_BENCH, "--segments", String(tasks), `${DRAW}/${file}`);

/** A Python that has SimPy, in a virtual environment of its own; or null, with a sentence that says why. */
export const simpy = () => {
  const python = `${SIMPY}/bin/python`;
  const requirements = readFileSync("benches/simpy/requirements.txt", "utf8").trim();
  const has = () => {
    const question = "from importlib.metadata import version; print('simpy==' + version('simpy'))";
    return spawnSync(python, ["-c", question], { encoding: "utf8" }).stdout?.trim() === requirements;
  };
  if (has()) return python;
  try {
    run("python3", "-m", "venv", "--clear", SIMPY);
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", requirements);
    if (has()) return python;
  } catch (error) {
    console.error(error.message);
  }
  console.error(`sim/vs-simpy is left out: there is no ${requirements} here. It takes python3 with its venv and pip.`);
  return null;
};
