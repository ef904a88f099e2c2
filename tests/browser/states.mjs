// States that a play without mishaps does not come to: nothing there yet, a survey under way, every way of being shown what the
// machine found, and a line that breaks.

import { holds, ok, same, tell } from "./report.mjs";

const FORM = "form.answer";
const AT = "/campaigns/states";
const CITY = "rochevigne";

// Pages are shown anew after 5 s; a survey of the demo takes seconds.
const ANEW = 7_000;
const SURVEYED = 60_000;

// So many that one sees it going on.
const CITIES = 61;
const LIST = [
  "id,city,country,home",
  `${CITY},Rochevigne,FR,https://www.rochevigne.example/`,
  ...Array.from({ length: CITIES - 1 }, (_, n) => `alder-${n},Alderhaven ${n},GB,https://www.alderhaven.example/?${n}`),
].join("\n");

// Before anybody has anything to do.
export async function empty(world) {
  const { nora, rita, odil, vera } = world.hands;
  for (const [hand, path] of [[nora, "work"], [rita, "appeals"], [odil, "agreement"], [vera, "exports"]]) {
    await hand.open(`/${path}`);
    await world.look(hand, `${path}-none`);
  }
  await odil.open("/audit");
  await odil.send('form[action="/audit"]', { person: "nobody", action: "fly" });
  const { rows } = await odil.json(`/audit?${odil.path().split("?")[1]}`);
  same(world.of("a filter that nothing passes leaves nothing"), [rows, await odil.has("main table")], [[], false]);
  await world.look(odil, "audit-none");
}

export async function states(world) {
  const { admin, nora } = world.hands;
  await begin(world, admin);
  if (!world.scripts) return;
  await underWay(world, admin);
  await admin.open(`${AT}/assignments`);
  await admin.send(`${AT}/assignments`, { portal: CITY, slot: "A", person: "nora" });
  const slot = `/slots/${(await nora.json("/work")).slots[0].slot}`;
  await modes(world, admin, nora, slot);
  for (const language of ["en", "ar"]) await interrupted(world, nora, slot, language);
  await cut(world, nora, slot);
}

async function begin(world, admin) {
  await admin.open("/campaigns");
  await admin.send("/campaigns", { key: "states", title: "States", portals: LIST });
  await admin.open(`${AT}/policy`);
  const typed = { threshold: "7 or so", inspected: "12" };
  same(world.of("a threshold that is no number is refused"), await admin.send(`${AT}/policy`, typed), 422);
  const kept = await Promise.all(Object.keys(typed).map((name) => admin.page.locator(`[name="${name}"]`).inputValue()));
  same(world.of("a refused policy is filled in as it was sent"), kept, Object.values(typed));
  await comesBack(world, admin, "a policy", "threshold", "policy-returned");
}

// A refused form stands on its own page again: its faults are told, lead to their fields and stand beside them.
export async function comesBack(world, hand, what, name, screen) {
  const { page } = hand;
  const link = `.problem[role="alert"] a[href="#${name}"]`;
  holds(world.of(`${what} that is refused leads to what is wrong`), await hand.has(link), hand.path());
  holds(world.of(`${what} says beside the field what is wrong`), await page.locator(`.error#${name}-wrong`).isVisible(), hand.path());
  const told = await page.evaluate((id) => {
    const one = document.getElementById(id);
    const control = one.matches("input, select, textarea");
    return [one.getAttribute("aria-describedby")?.split(" ").includes(`${id}-wrong`), !control || one.ariaInvalid === "true"];
  }, name);
  same(world.of(`${what} says to everybody what is wrong`), told, [true, true]);
  if (!world.scripts) return;
  holds(world.of(`${what} that is refused begins with what is wrong`), await page.evaluate(() => document.activeElement.matches(".problem")), "the focus is elsewhere");
  await world.look(hand, screen);
  await hand.focus(link);
  await hand.key("Enter");
  const within = () => page.evaluate((id) => document.getElementById(id).contains(document.activeElement), name);
  if (!(await within())) await hand.key("Tab");
  holds(world.of(`${what}: the fault leads to its field`), await within(), await page.evaluate(() => document.activeElement.outerHTML.slice(0, 80)));
}

// A survey while it goes on, and one that is stopped.
async function underWay(world, admin) {
  const { page } = admin;
  const [first, end] = await surveyed(admin);
  await page.waitForEvent("load", { timeout: ANEW });
  ok(world.of("a survey under way is shown anew by itself"));
  await admin.focus(`form[action="${end}"] button`);
  await page.evaluate(() => { globalThis.stays = true; });
  await page.waitForTimeout(ANEW);
  holds(world.of("nobody is taken away from where the keyboard is"), await page.evaluate(() => globalThis.stays === true), "the page was loaded again");
  await until(async () => (await admin.json(first)).runs[0].state === "finished");
  await admin.send(end);
  await until(async () => !(await admin.json(first)).under_way);

  // Looked at without being shown anew meanwhile.
  await page.route("**/surveys/*", (route) => (route.request().resourceType() === "fetch" ? route.abort() : route.continue()));
  const [at, stop] = await surveyed(admin);
  await world.look(admin, "survey-under-way");
  await admin.send(stop);
  await world.look(admin, "survey-stopping", { stay: "en" });
  await until(async () => !(await admin.json(at)).under_way);
  const states = (await admin.json(at)).runs.map((one) => one.state);
  const of = (state) => states.filter((one) => one === state).length;
  tell(`survey: ${of("finished")} of ${CITIES} cities done when it was stopped`);
  holds(world.of("a survey that is stopped ends before its last city"), of("finished") < CITIES && !of("running"), states.join(" "));
  await page.unrouteAll({ behavior: "wait" });
  await admin.open(at);
  holds(world.of("what has ended cannot be stopped"), !(await admin.has(`form[action="${stop}"]`)), at);
  await world.look(admin, "survey-stopped");
}

// Begins a survey; answers its address, and that by which it is stopped.
async function surveyed(admin) {
  await admin.open(AT);
  await admin.send(`${AT}/surveys`);
  const at = admin.path().split("?")[0];
  return [at, `${at}/stop`];
}

async function until(done) {
  for (const end = Date.now() + SURVEYED; !(await done()); await new Promise((on) => setTimeout(on, 200))) {
    if (Date.now() > end) throw new Error("a survey takes too long");
  }
}

async function rules(admin, fields) {
  await admin.open(`${AT}/policy`);
  const status = await admin.send(`${AT}/policy`, fields);
  if (status !== 200) throw new Error(`admin: ${status} for ${JSON.stringify(fields)}`);
}

// What is shown of the machine's: its answer, nothing at all, and its answer once one has decided.
async function modes(world, admin, nora, slot) {
  await rules(admin, { clean: "0", assist: "verdict_shown" });
  const at = await proposed(nora, slot);
  const { verdict, candidates, searches } = await nora.json(at);
  await nora.open(at);
  holds(world.of("shown: what the machine says is told"), (await nora.page.locator(".verdict").textContent()).includes(verdict.because), at);
  await world.look(nora, "decide-shown");
  await rules(admin, { clean: "100" });
  await nora.open(at);
  const told = JSON.stringify(await nora.json(at)) + (await nora.page.content());
  const words = [verdict.because, ...searches, ...candidates.flatMap((one) => [one.pick, one.passage.exact, one.digest])];
  same(world.of("clean: nothing of the machine's is in the page or its JSON"), words.filter((one) => told.includes(one)), []);
  same(world.of("clean: nothing is offered or filled in"), [await nora.has(".candidate, .verdict"), await nora.page.locator("#trail").inputValue()], [false, ""]);
  await world.look(nora, "decide-clean");
  await rules(admin, { clean: "0", assist: "reveal_after_commit" });
  await nora.open(at);
  holds(world.of("revealed: not before one has decided"), !(await nora.has(".verdict")) && !(await nora.json(at)).verdict && (await nora.has(".candidate")), at);
  await world.look(nora, "decide-unrevealed");
  same(world.of("revealed: one decides"), await nora.send(FORM, { answer: "yes" }, `${FORM} .bar button.main`), 200);
  await nora.open(at);
  holds(world.of("revealed: afterwards what the machine says is told"), await nora.has(".verdict"), at);
  await world.look(nora, "decide-revealed");
}

// An indicator for which the machine proposes something and says something.
async function proposed(nora, slot) {
  await nora.open(slot);
  for (const at of await nora.all(`ol.items a[href^="${slot}/"]`, "href")) {
    const { verdict, candidates } = await nora.json(at);
    if (verdict?.because && candidates.length > 1) return at;
  }
  throw new Error(`${slot}: the machine proposes nothing`);
}

// What a person reads about whether their words are kept.
const receipt = async (hand, word) => {
  const shown = (one) => {
    const { dataset, textContent } = document.querySelector(".receipt");
    return dataset[one].split("{time}").every((part) => textContent.includes(part));
  };
  await hand.page.waitForFunction(shown, word).catch(() => null);
  return hand.page.evaluate(() => document.querySelector(".receipt").textContent);
};

const told = async (world, hand, what, word) => {
  const text = await receipt(hand, word);
  const [part] = await hand.all(".receipt", `data-${word}`);
  holds(world.of(what), part.split("{time}").every((one) => text.includes(one)), text);
};

// The page in which the line broke is loaded again: the browser has none to show.
async function lost(hand) {
  await hand.page.reload().catch(() => null);
  await hand.page.context().setOffline(false);
}

// The line is away while a draft and then a decision is written, and the page is loaded again each time.
async function interrupted(world, nora, slot, language) {
  const { page } = nora;
  const [context, of] = [page.context(), (name) => `${language}: ${name}`];
  await page.setExtraHTTPHeaders(language === "en" ? {} : { "accept-language": language });
  await nora.open(slot);
  await nora.follow("main .actions a.main");
  const at = nora.path().split("?")[0];
  const written = ["unclear", "portal_unclear", "Written without a line – بلا اتصال"];
  await context.setOffline(true);
  await nora.set(FORM, "note", written[2]);
  await told(world, nora, of("what cannot be sent is said not to be saved"), "unsaved");
  await world.look(nora, "decide-unsaved", { stay: language });
  await lost(nora);
  await page.route("**/api/v1/**", (route) => route.abort());
  await nora.open(at);
  same(world.of(of("what could not be sent is filled in again")), await page.locator(`${FORM} [name="note"]`).inputValue(), written[2]);
  await page.unrouteAll({ behavior: "wait" });
  await context.setOffline(true);
  await nora.set(FORM, "answer", written[0]);
  const { values } = await nora.field(FORM, "reason");
  written[1] = values[1];
  await nora.set(FORM, "reason", written[1]);
  await nora.key("Control+Enter");
  await told(world, nora, of("a decision without a line waits"), "queued");
  await world.look(nora, "decide-queued", { stay: language });
  const [{ once }] = await page.evaluate(() => JSON.parse(localStorage.getItem(Object.keys(localStorage).find((key) => key.endsWith(" queue")))));
  const sent = [];
  page.on("response", (one) => { if (one.request().method() === "POST") sent.push(new URL(one.url()).pathname); });
  if (language === "en") await lost(nora).then(() => nora.open(at));
  else await context.setOffline(false);
  await told(world, nora, of("with the line a decision that waited is sent"), "sent");
  await page.waitForTimeout(2500);
  page.removeAllListeners("response");
  const { decision, drafted } = await nora.json(at);
  same(world.of(of("it is sent once and kept once, with all that was written")),
    [sent, decision.id, decision.supersedes, drafted, decision.answer, decision.reason, decision.note],
    [[`/api/v1${at}/decisions`], once, null, null, ...written]);
  // The page goes on from there.
  same(world.of(of("what waited can be changed afterwards")), await nora.send(FORM, { note: "Changed" }, `${FORM} .bar button.main`), 200);
  same(world.of(of("the change takes its place")), (await nora.json(at)).decision.supersedes, once);
}

// The line breaks while a decision is sent: nobody knows whether it came.
async function cut(world, nora, slot) {
  const { page } = nora;
  await page.setExtraHTTPHeaders({});
  await nora.open(slot);
  await nora.follow("main .actions a.main");
  const at = nora.path().split("?")[0];
  const once = await page.locator(`${FORM} [name="once"]`).inputValue();
  // It comes, but its answer does not.
  await page.route(`**${at}/decisions`, async (route) => { await route.fetch({ maxRedirects: 0 }); await route.abort("connectionreset"); });
  await nora.set(FORM, "answer", "unclear");
  await nora.set(FORM, "reason", (await nora.field(FORM, "reason")).values[1]);
  await nora.set(FORM, "note", "Sent, and not heard");
  await nora.key("Control+Enter");
  await page.waitForURL(/^chrome-error/).catch(() => null);
  await page.unrouteAll({ behavior: "wait" });
  await nora.open(at);
  await told(world, nora, "a decision whose answer was lost is sent again", "sent");
  const { decision } = await nora.json(at);
  same(world.of("and kept once"), [decision.id, decision.supersedes, decision.note], [once, null, "Sent, and not heard"]);
  const kept = await page.evaluate(() => Object.entries(localStorage).filter(([key, value]) => !key.endsWith(" queue") || value !== "[]"));
  same(world.of("nothing waits any more"), kept, []);
}
