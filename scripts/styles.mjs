// styles.mjs: the stylesheets of the built page as one, in the order in which the page names them. One file is asked for
// instead of eight, and together they compress by a quarter more.
import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const LINK = /<link rel="stylesheet" href="\.\/([^"]+\.css)"\s*\/?>\s*/g;

/** Joins the stylesheets that `directory`'s page names. Nothing happens if there is one already. */
export function joinStyles(directory) {
  const page = join(directory, "index.html");
  const html = readFileSync(page, "utf8");
  const links = [...html.matchAll(LINK)];
  if (links.length === 0) throw new Error(`${page} names no stylesheets in the way that trunk writes them.`);
  if (links.length === 1) return;
  const styles = links.map(([, name]) => readFileSync(join(directory, name), "utf8"));
  const joined = styles.join("\n");
  const name = `style-${createHash("sha256").update(joined).digest("hex").slice(0, 16)}.css`;
  writeFileSync(join(directory, name), joined);
  for (const [, old] of links) rmSync(join(directory, old));
  let first = `<link rel="stylesheet" href="./${name}">`;
  writeFileSync(page, html.replace(LINK, () => {
    const link = first;
    first = "";
    return link;
  }));
}
