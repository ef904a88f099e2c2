// Plays a whole campaign in headless Chromium: once with scripts and the keyboard alone, once without scripts. Reads a task as
// JSON from standard input. All is served on loopback; nothing else can be reached.

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";

import { keys } from "./keys.mjs";
import { Looker } from "./look.mjs";
import { publish } from "./publish.mjs";
import { fail, sum, tell } from "./report.mjs";
import { assess } from "./assess.mjs";
import { serve } from "./server.mjs";
import { settle } from "./settle.mjs";
import { setUp } from "./setup.mjs";
import { empty, states } from "./states.mjs";
import { World } from "./world.mjs";

const task = JSON.parse(readFileSync(0, "utf8"));
const { chromium } = createRequire(join(task.modules, "/"))("playwright-core");

// The whole has an end, whatever hangs.
const LONGEST = 30 * 60_000;
setTimeout(() => { console.log("not ok browser: it takes too long"); process.exit(1); }, LONGEST).unref();

const ACTS = { setUp, empty, keys, assess, settle, publish, states };

async function play(name, browser, looker) {
  const started = Date.now();
  const server = await serve(task.program, join(task.work, name));
  const world = new World(name, browser, server, looker);
  let act = "";
  try {
    for (act of task.acts ?? Object.keys(ACTS)) {
      const begun = Date.now();
      await ACTS[act](world);
      tell(`${name}: ${act} took ${Math.round((Date.now() - begun) / 1000)} s`);
    }
  } catch (error) {
    fail(`${name}: ${act}`, error.stack ?? error);
  } finally {
    const code = await server.stop();
    if (code !== 0) fail(`${name}: the server`, `it ended with ${code}`);
  }
  tell(`${name}: ${Math.round((Date.now() - started) / 1000)} s in all`);
}

const folder = process.env.PATH.split(delimiter).find((one) => existsSync(join(one, "chromium")));
const browser = await chromium.launch({
  executablePath: join(folder ?? "", "chromium"),
  args: ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
});
const only = task.only ?? ["script", "plain"];
await Promise.all(only.map((name) => play(name, browser, name === "script" && task.looks !== false ? new Looker(task) : null)));
await browser.close();
process.exit(sum() ? 0 : 1);
