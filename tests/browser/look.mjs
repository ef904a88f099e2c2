// A screen looked at: axe-core, reflow, keyboard, language and theme; and its pictures.

import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { fail, ok } from "./report.mjs";

// WCAG 2.2 A and AA.
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const LANGUAGES = ["en", "ar"];
const WIDTHS = [360, 768, 1440];
// The narrowest at which everything must be usable (WCAG 1.4.10).
const NARROW = 320;
const HEIGHT = 900;

export class Looker {
  constructor(task) {
    this.axe = readFileSync(join(task.modules, "node_modules/axe-core/axe.min.js"), "utf8");
    this.folder = task.screens ? join(task.work, "screens") : null;
    if (this.folder) mkdirSync(this.folder, { recursive: true });
    this.keys = keysOf(join(task.top, "crates/review/text/en"));
    this.kinds = new Set();
  }

  // Looks at the page that somebody has before them, and leaves it as it was.
  // `stay`: what it shows is shown once, so that it is looked at in the language that it has and not loaded again.
  async look(hand, name, { walk = true, stay = "" } = {}) {
    const { page } = hand;
    const faults = [];
    const session = await page.context().newCDPSession(page);
    // What width and colours may do to an element was seen where its kind was; with pictures all is looked at.
    const kinds = await page.evaluate(kindsOf);
    const novel = Boolean(this.folder) || kinds.some((one) => !this.kinds.has(one));
    for (const one of kinds) this.kinds.add(one);
    let [violations, views] = [0, 0];
    const check = async (view) => {
      const found = await this.violations(session);
      violations += found.length;
      views += 1;
      faults.push(...found.map((one) => `axe, ${view}: ${one}`));
    };
    for (const language of stay ? [stay] : LANGUAGES) {
      if (!stay) await speak(page, language);
      faults.push(...(await page.evaluate(languageFaults, [language, this.keys])));
      for (const width of this.folder ? WIDTHS : novel ? [360, 1440] : [360]) {
        await page.setViewportSize({ width, height: HEIGHT });
        if (width === 360 || (language === "en" && novel)) await check(`${language} ${width}`);
        if (this.folder) await this.picture(page, `${name}-${language}-${width}`);
      }
      await page.setViewportSize({ width: NARROW, height: HEIGHT });
      faults.push(...(await page.evaluate(reflowFaults, language)));
    }
    await page.setViewportSize({ width: 1440, height: HEIGHT });
    if (novel) {
      await page.emulateMedia({ colorScheme: "dark" });
      await check("dark");
      if (this.folder) await this.picture(page, `${name}-dark`);
      await page.emulateMedia({ colorScheme: "light" });
    }
    if (!stay) await speak(page, "en");
    const stops = walk ? await this.walk(hand, faults) : 0;
    await session.detach();
    const told = `screen ${name}`;
    if (faults.length) fail(told, [...new Set(faults)].join("\n"));
    else ok(`${told} (${violations} violations in ${views} views, ${stops} stops of Tab)`);
  }

  // In a world of its own: the page and its policy know nothing of it.
  async violations(session) {
    const { frameTree } = await session.send("Page.getFrameTree");
    const { executionContextId: contextId } =
      await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id, worldName: "axe" });
    const run = async (expression) => {
      const { result, exceptionDetails } =
        await session.send("Runtime.evaluate", { expression, contextId, awaitPromise: true, returnByValue: true });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    };
    if (await run("typeof axe") !== "object") await run(`${this.axe}; 0`);
    const options = { runOnly: { type: "tag", values: TAGS }, resultTypes: ["violations"], iframes: false };
    return run(`axe.run(document, ${JSON.stringify(options)}).then(({ violations }) => violations.flatMap((one) =>
      one.nodes.map((node) => one.id + " at " + node.target.join(" ") + ": " + node.failureSummary.split("\\n").slice(1).join("; "))))`);
  }

  async picture(page, name) {
    await page.screenshot({ path: join(this.folder, `${name}.png`), fullPage: true });
  }

  // Tabs through the whole page: each stop in order, seen, marked and not covered; and out again at its end.
  async walk(hand, faults) {
    const { page } = hand;
    const count = await page.evaluate(() => {
      document.activeElement?.blur();
      scrollTo(0, 0);
      return globalThis.portolanStops().length;
    });
    await page.evaluate(() => getSelection().removeAllRanges());
    await page.locator("body").evaluate((body) => { body.tabIndex = -1; body.focus(); body.removeAttribute("tabindex"); });
    for (let at = 0; at < count; at += 1) {
      await page.keyboard.press("Tab");
      let fault = await page.evaluate(stopFault, at);
      // Fields of a date have several stops within.
      for (; fault === "within"; fault = await page.evaluate(stopFault, at)) await page.keyboard.press("Tab");
      if (fault) faults.push(`keyboard: ${fault}`);
      if (fault?.startsWith("Tab ")) break;
    }
    return count;
  }
}

// The page in another language, as browsers ask for it.
async function speak(page, language) {
  await page.setExtraHTTPHeaders(language === "en" ? {} : { "accept-language": language });
  await page.reload({ waitUntil: "load" });
}

// Keys of the texts: where one of them is all that a page says, its text is missing.
function keysOf(folder) {
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
  return files.flatMap((text) => [...text.matchAll(/^([a-z][\w-]*-[\w-]*) =/gm)].map((found) => found[1]));
}

// Kinds of elements of a page: what rules of the style sheet and of axe-core can tell apart.
function kindsOf() {
  const of = (one) => one && [one.localName, one.className, one.type, one.disabled, ...["role", "aria-current", "aria-invalid", "dir"]
    .map((name) => one.getAttribute(name))].join("|");
  return [...new Set([...document.querySelectorAll("body *")].map((one) => `${of(one.parentElement)} > ${of(one)}`))];
}

function languageFaults([language, keys]) {
  const { lang, dir } = document.documentElement;
  const faults = lang === language && dir === (language === "ar" ? "rtl" : "ltr") ? [] : [`language: ${lang} ${dir} for ${language}`];
  const known = new Set(keys);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim();
    if (known.has(text) && !walker.currentNode.parentElement.closest("code, bdi")) faults.push(`text: ${text} has none in ${language}`);
  }
  if (document.querySelectorAll("h1").length !== 1) faults.push(`headings: ${document.querySelectorAll("h1").length} h1`);
  return faults;
}

function reflowFaults(language) {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const wide = [...document.querySelectorAll("main *, header *, footer *")].filter((one) => {
    const { left, right } = one.getBoundingClientRect();
    return (right > clientWidth + 1 || left < -1) && !one.closest(".skip, .unseen, .scroll, table, .captured");
  });
  const named = wide.slice(0, 3).map((one) => `${one.localName}.${one.className}`);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const { left, right } = range.getBoundingClientRect();
    const out = right > clientWidth || left < 0;
    if (out && !walker.currentNode.parentElement.closest(".skip, .unseen, .scroll, table, .captured")) named.push(range.toString().slice(0, 40));
  }
  return [`reflow, ${language}: ${scrollWidth} px wide at ${clientWidth}: ${named.join(", ")}`];
}

function stopFault(at) {
  const [before, stop] = [globalThis.portolanStops()[at - 1], globalThis.portolanStops()[at]];
  const one = document.activeElement;
  if (before?.type === "date" && before === one) return "within";
  const name = (some) => `${some?.localName}${some?.id ? `#${some.id}` : ""} "${(some?.textContent ?? "").trim().slice(0, 30)}"`;
  if (one !== stop) return `Tab ${at + 1} comes to ${name(one)} and not to ${name(stop)}`;
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  if (one.localName !== "iframe" && (outlineStyle === "none" || parseFloat(outlineWidth) < 2)) return `${name(one)} shows no focus`;
  const box = one.getBoundingClientRect();
  const inside = (x, y) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight;
  const points = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.8], [0.1, 0.8], [0.9, 0.2]].map(([x, y]) => [box.left + box.width * x, box.top + box.height * y]);
  const shown = points.some(([x, y]) => {
    if (!inside(x, y)) return false;
    const top = document.elementFromPoint(x, y);
    return top && (one.contains(top) || top.contains(one) || one.labels?.[0]?.contains(top));
  });
  return shown ? null : `${name(one)} is covered or out of sight when it has the focus`;
}
