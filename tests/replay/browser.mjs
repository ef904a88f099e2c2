// Shows pages of packages in replayweb.page with headless Chromium. Reads a task as JSON from standard input; prints a
// line of JSON for each page: what its replay frame holds. All is served on loopback; nothing else can be reached.

import { createReadStream, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";

const task = JSON.parse(readFileSync(0, "utf8"));
const { chromium } = createRequire(join(task.modules, "/"))("playwright-core");

// Page loads that take longer have failed.
const PATIENCE = 60_000;

const player = (name, type) => ({ path: join(task.modules, "node_modules/replaywebpage", name), type });
const files = new Map([
  ["/", player("index.html", "text/html")],
  ["/ui.js", player("ui.js", "text/javascript")],
  ["/sw.js", player("sw.js", "text/javascript")],
]);
task.packages.forEach((path, number) => files.set(`/p${number}.wacz`, { path, type: "application/wacz" }));

function answer(request, response) {
  const file = files.get(new URL(request.url, "http://localhost").pathname);
  if (!file) {
    response.writeHead(404).end();
    return;
  }
  const size = statSync(file.path).size;
  const head = { "Content-Type": file.type, "Accept-Ranges": "bytes", "Cache-Control": "no-store" };
  const range = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? "");
  let [start, end] = [0, size - 1];
  if (range) {
    start = range[1] ? Number(range[1]) : size - Number(range[2]);
    end = range[1] && range[2] ? Math.min(Number(range[2]), end) : end;
    head["Content-Range"] = `bytes ${start}-${end}/${size}`;
  }
  response.writeHead(range ? 206 : 200, { ...head, "Content-Length": end - start + 1 });
  if (request.method === "HEAD") response.end();
  else createReadStream(file.path, { start, end }).pipe(response);
}

// Runs in the document of the replay frame. What it leaves out is what judge.py leaves out.
function readDocument() {
  const unseen = new Set(
    "script style noscript template noframes noembed iframe textarea option svg math object audio video".split(" "),
  );
  const isUnseen = (element) => {
    if (unseen.has(element.localName) || (element.localName === "dialog" && !element.hasAttribute("open"))) return true;
    if ((element.getAttribute("hidden") ?? "until-found").trim().toLowerCase() !== "until-found") return true;
    const style = (element.getAttribute("style") ?? "").toLowerCase().replace(/\s/g, "");
    return style.split(";").some((rule) => /^(display:none|visibility:hidden)/.test(rule));
  };
  const isCode = (element) => ["script", "style"].includes(element.localName);
  const textOf = (node, without) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE || without(node)) return "";
    return [...node.childNodes].map((child) => textOf(child, without)).join("");
  };
  const others = [...document.querySelectorAll("*")].flatMap((element) => [...element.attributes].map((a) => a.value));
  for (const meta of document.querySelectorAll("meta")) others.push(`${meta.name}: ${meta.content}`);
  others.push(textOf(document.documentElement, isCode));
  return { text: document.body ? textOf(document.body, isUnseen) : "", others, error: "" };
}

// Runs in the player: what its service worker gives for a URL of the replay frame.
async function readBytes(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return { bytes: btoa(text) };
}

const isReplay = (frame, page) => frame.url().includes(`/${page.instant}mp_/`);

async function replay(context, root, page, number) {
  const tab = await context.newPage();
  try {
    const where = new URLSearchParams({ view: "replay", url: page.url, ts: page.instant });
    await tab.goto(`${root}/?source=${encodeURIComponent(`${root}/p${page.wacz}.wacz`)}#${where}`, { timeout: PATIENCE });
    const end = Date.now() + PATIENCE;
    let frame;
    while (!(frame = tab.frames().find((frame) => isReplay(frame, page)))) {
      if (Date.now() > end) throw new Error(`no replay frame among ${tab.frames().map((frame) => frame.url())}`);
      await tab.waitForTimeout(50);
    }
    const shown = frame.url();
    if (!shown.endsWith(`mp_/${page.url}`)) throw new Error(`the frame shows ${shown}`);
    if (!page.html) return await tab.evaluate(readBytes, shown);
    await frame.waitForLoadState("load", { timeout: PATIENCE });
    const read = await frame.evaluate(readDocument);
    await tab.screenshot({ path: join(task.screenshots, `${number}.png`) });
    return read;
  } catch (error) {
    return { text: "", others: [], error: String(error).split("\n")[0] };
  } finally {
    await tab.close();
  }
}

const server = createServer(answer);
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const root = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({
  executablePath: task.chromium,
  args: ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
});
const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
for (const [number, page] of task.pages.entries()) {
  console.log(JSON.stringify(await replay(context, root, page, number)));
}
await browser.close();
server.close();
