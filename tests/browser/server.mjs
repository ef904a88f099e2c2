// The program under test: the demo with nobody in it yet, on loopback, in a folder of its own.

import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";

// The survey of the demo takes some seconds; what hangs must end.
const PATIENCE = 120_000;

export async function serve(program, folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const child = spawn(program, ["demo", "--serve", "127.0.0.1:0", "--bare"], {
    env: { ...process.env, TMPDIR: folder },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stderr.pipe(createWriteStream(join(folder, "stderr.log")));
  const ended = new Promise((done) => child.once("exit", (code, signal) => done(code ?? signal)));
  process.once("exit", () => child.kill("SIGKILL"));
  const setup = await Promise.race([
    address(child),
    ended.then((code) => Promise.reject(new Error(`the demo ended with ${code}; see ${folder}/stderr.log`))),
    new Promise((_, late) => setTimeout(late, PATIENCE, new Error("the demo takes too long")).unref()),
  ]);
  return {
    root: setup.origin,
    token: setup.searchParams.get("token"),
    async stop() {
      child.kill("SIGINT");
      const late = setTimeout(() => child.kill("SIGKILL"), 20_000);
      const code = await ended;
      clearTimeout(late);
      return code;
    },
  };
}

// Where the first administrator is made, as the program prints it.
function address(child) {
  let text = "";
  return new Promise((done) => {
    child.stdout.on("data", (bytes) => {
      text += bytes;
      const found = /^\s*(http:\S+\/setup\?token=\S+)$/m.exec(text);
      if (found) done(new URL(found[1]));
    });
  });
}
