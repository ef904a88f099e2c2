// What assessors do: every indicator of every city, each alone; then the seal.

import { holds, same, tell } from "./report.mjs";
import { CITIES, NAMES } from "./setup.mjs";
import { Traffic, spread } from "./traffic.mjs";

const ALL = 95;

// On how many indicators the second assessor says no where the first said yes: of 95, four are within 5 %.
export const DIFFERENCES = { alderhaven: 3, "wadi-nakheel": 8, rochevigne: 0 };

const FORM = "form.answer";

// What decisions took, by how they were made.
const taken = { agree: [], other: [] };

export async function assess(world) {
  const { ana, ben } = world.hands;
  world.slots = { ana: await slots(ana), ben: await slots(ben) };
  const has = Object.values(world.slots).flatMap((own) => Object.values(own)).filter(Boolean);
  same(world.of("each assessor has a slot of each city"), new Set(has).size, 2 * CITIES.length);
  await first(world, ana);
  await Promise.all([all(world, ana, {}), all(world, ben, DIFFERENCES)]);
  if (world.scripts) told();
}

// The slots of an assessor, by city.
async function slots(hand) {
  await hand.open("/work");
  const { slots } = await hand.json("/work");
  const links = await hand.all('th a[href^="/slots/"]', "href");
  const of = (name) => slots.map((one) => one.city === name && `/slots/${one.slot}`).find((link) => links.includes(link));
  return Object.fromEntries(CITIES.map((city) => [city, of(NAMES[city])]));
}

// Every screen and state of the first city, before anything is decided there.
async function first(world, ana) {
  const slot = world.slots.ana.alderhaven;
  await ana.open("/work");
  await world.look(ana, "work");
  await ana.follow(`a[href="${slot}"]`);
  await world.look(ana, "slot");
  await ana.follow(`main a[href="${slot}/seal"]`);
  await world.look(ana, "seal-lacking");
  await ana.open(slot);
  await ana.follow(`main .actions a.main`);
  await world.look(ana, "decide");
  await refused(world, ana);
  await evidence(world, ana, slot);
  await twice(world, ana, slot);
}

async function refused(world, ana) {
  same(world.of("a no without a reason is refused"), await ana.send(FORM, { answer: "no", reason: "" }, `${FORM} .bar button.main`), 422);
  await world.look(ana, "decide-wrong");
  await ana.send(FORM, { note: "A draft – مسودة" }, `${FORM} .bar button[formaction$="/draft"]`);
  await world.look(ana, "decide-draft");
  const note = await ana.page.locator(`${FORM} [name="note"]`).inputValue();
  same(world.of("a draft is kept"), note, "A draft – مسودة");
}

// A passage that the assessor looked for: in captures, in a page fetched now, by words.
async function evidence(world, ana, slot) {
  const code = ana.path().split(/[/?]/)[3];
  await ana.follow(`${FORM} [name="to"][value="evidence"]`);
  await world.look(ana, "evidence");
  await ana.send('form[role="search"]', { q: "waste" }, 'form[role="search"] button');
  await world.look(ana, "evidence-found");
  same(world.of("an address elsewhere is not fetched"), await ana.send(`${slot}/captures`, { url: "https://127.0.0.1/" }), 422);
  await world.look(ana, "evidence-refused");
  await ana.open(`${slot}/${code}/evidence`);
  await ana.send(`${slot}/captures`, { url: "https://www.alderhaven.example/" });
  await world.look(ana, "text");
  const text = await ana.page.locator("[data-captured]").textContent();
  const words = text.split("\n").map((line) => line.trim()).filter((line) => line.length > 20 && text.split(line).length === 2)[0];
  await ana.send('form[role="search"]', { find: words.slice(0, 12) }, 'form[role="search"] button');
  await world.look(ana, "text-found");
  await ana.open(ana.path().split("?")[0]);
  const page = ana.path().replace("/text/", "/page/");
  await ana.send("form[data-choose]", { words });
  await world.look(ana, "decide-passage");
  holds(world.of("a chosen passage waits to be decided on"), (await ana.page.content()).includes("formaction") && await ana.has('[name="pick"][value^="p:"]:checked'), ana.path());
  await ana.open(page);
  await world.look(ana, "page", { walk: false });
  await ana.open(page.replace("/page/", "/static/"));
  const policy = await ana.page.evaluate(() => document.scripts.length);
  same(world.of("a captured page has no script"), policy, 0);
  await ana.open(`${slot}/${code}`);
  await ana.send(FORM, { answer: "yes", reason: "" }, `${FORM} .bar button.main`);
  await ana.open(`${slot}/${code}`);
  await world.look(ana, "decided");
}

// The same indicator in two windows: the second is told, and nothing is lost.
async function twice(world, ana, slot) {
  const code = ana.path().split(/[/?]/)[3];
  const other = await world.window(ana.page.context(), "ana");
  await other.open(`${slot}/${code}`);
  const change = (note) => ({ answer: "yes", note });
  await ana.send(FORM, change("first window"), `${FORM} .bar button.main`);
  same(world.of("a decision over a newer one is refused"), await other.send(FORM, change("second window"), `${FORM} .bar button.main`), 409);
  await world.look(other, "decide-stale");
  await other.page.close();
}

// Decides whatever of the slots is open, and seals them.
async function all(world, hand, differences) {
  const traffic = world.scripts ? await Traffic.of(hand.page) : null;
  for (const city of CITIES) {
    const slot = world.slots[hand.who][city];
    await hand.open(slot);
    let [left, decided] = [differences[city] ?? 0, 0];
    if (await hand.has("main .actions a.main")) await hand.follow("main .actions a.main");
    while (hand.path().split("?")[0] !== slot) {
      if (decided > ALL) throw new Error(`${hand.who}: ${slot} has no end at ${hand.path()}`);
      const offered = await hand.has(".candidate:first-child [name=pick]:checked");
      const contrary = offered && left > 0;
      if (contrary) left -= 1;
      await decide(hand, offered && !contrary, traffic);
      decided += 1;
    }
    const { decided: kept, asked } = await hand.json(slot);
    same(world.of(`${hand.who} decided all of ${city}`), [kept, asked, left], [ALL, ALL, 0]);
    await seal(world, hand, slot, city);
  }
}

async function decide(hand, agrees, traffic) {
  const keys = hand.keys;
  traffic?.reset();
  const status = await hand.turn(() => (agrees ? yes(hand) : no(hand)));
  if (status !== 200) throw new Error(`${hand.who}: ${status} at ${hand.path()}`);
  if (traffic) taken[agrees ? "agree" : "other"].push({ keys: hand.keys - keys, ...traffic });
}

const SEND = `${FORM} .bar button.main`;

async function yes(hand) {
  if (hand.key) return hand.key("y", "Control+Enter");
  await hand.page.locator("#answer-yes").check();
  return hand.hit(SEND);
}

async function no(hand) {
  const lacking = !(await hand.page.locator(`${FORM} [name=trail]`).inputValue());
  if (hand.key) {
    await hand.key("n");
    await hand.page.locator("#answer-no:checked").waitFor();
    await hand.set(FORM, "reason", "not_found_after_search");
  } else {
    await hand.page.locator("#answer-no").check();
    await hand.page.locator(`${FORM} [name=reason]`).selectOption("not_found_after_search");
  }
  if (lacking) await hand.set(FORM, "trail", "search: looked at the home page and its menus");
  return hand.key ? hand.key("Control+Enter") : hand.hit(SEND);
}

async function seal(world, hand, slot, city) {
  const looked = city === "alderhaven" && hand.who === "ana";
  if (looked) await world.look(hand, "slot-decided");
  await hand.follow(`main a[href="${slot}/seal"]`);
  if (looked) await world.look(hand, "seal");
  await hand.send(`${slot}/seal`, { independent: "yes" });
  const { sealed } = await hand.json(slot);
  holds(world.of(`${hand.who} sealed ${city}`), sealed?.digest, "no seal");
  if (!looked) return;
  await world.look(hand, "slot-sealed");
  await hand.open(`${slot}/seal`);
  await world.look(hand, "seal-done");
  await hand.open((await firstCode(hand, slot)));
  await world.look(hand, "decide-sealed");
  await hand.open(`${slot}/rebuttals`);
  await world.look(hand, "rebuttals-early");
  await hand.open(`${slot}/overruled`);
  await world.look(hand, "overruled-early");
}

async function firstCode(hand, slot) {
  await hand.open(slot);
  return (await hand.all(`ol.items a[href^="${slot}/"]`, "href"))[0];
}

function told() {
  const line = (name, list, of) => {
    const { n, least, middle, most } = spread(list.map(of));
    tell(`${name}: ${least} to ${most}, usually ${middle} (${n} decisions)`);
    return most;
  };
  const { agree, other } = taken;
  const most = line("keystrokes of a decision that agrees with the first candidate", agree, (one) => one.keys);
  holds("script: a decision that agrees takes at most 2 keystrokes", most <= 2, `${most} keystrokes`);
  line("keystrokes of any other decision", other, (one) => one.keys);
  line("requests of a decision", [...agree, ...other], (one) => one.requests);
  line("bytes received of a decision", [...agree, ...other], (one) => one.received);
  line("bytes sent in bodies of a decision", [...agree, ...other], (one) => one.sent);
}
