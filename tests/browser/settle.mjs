// From two sealed slots to a signed-off city: comparison, the joint round above the threshold, rulings, a look at what was
// agreed on, and the sign-off.

import { DIFFERENCES } from "./assess.mjs";
import { holds, same } from "./report.mjs";
import { CITIES } from "./setup.mjs";
import { comesBack } from "./states.mjs";

const OVER = "wadi-nakheel";
const at = (city, round = 1) => `/cities/demo/${city}/${round}`;
const inspection = (code) => `form[action$="/inspections"]:has(input[name="code"][value="${code}"])`;

export async function settle(world) {
  const { rita, sam, ana, ben } = world.hands;
  await compared(world, rita);
  await heard(world, ana, ben, rita);
  for (const city of CITIES) await judged(world, rita, city);
  for (const city of CITIES) await signedOff(world, sam, city);
  await afterwards(world, ana, sam);
}

async function compared(world, rita) {
  await rita.open("/cities");
  await world.look(rita, "cities");
  const { cities } = await rita.json("/cities");
  const found = Object.fromEntries(cities.map((one) => [one.portal, [one.differences, one.state]]));
  // A city without differences needs no ruling.
  const state = (city, n) => (city === OVER ? "over" : n ? "within" : "ruled");
  const expected = Object.fromEntries(Object.entries(DIFFERENCES).map(([city, n]) => [city, [n, state(city, n)]]));
  same(world.of("differences and thresholds of the comparisons"), sorted(found), sorted(expected));
  for (const [city, name] of [["alderhaven", "city-within"], [OVER, "city-over"], ["rochevigne", "city-equal"]]) {
    await rita.open("/cities");
    await rita.follow(`main a[href="${at(city)}"]`);
    await world.look(rita, name);
  }
}

const sorted = (object) => Object.fromEntries(Object.entries(object).sort());

// Above the threshold both assessors are heard on each difference before anybody rules.
async function heard(world, ana, ben, rita) {
  const [rule] = await differences(rita, OVER);
  await rita.open(rule);
  await world.look(rita, "rule-unheard");
  holds(world.of("nobody rules before both are heard"), !(await rita.has('form[action$="/rulings"]')), rule);
  for (const hand of [ana, ben]) {
    const page = `${world.slots[hand.who][OVER]}/rebuttals`;
    await hand.open("/work");
    await hand.follow(`main a[href="${page}"]`);
    if (hand === ana) await world.look(hand, "rebuttals");
    const forms = await hand.all('form[action$="/rebuttal"]', "action");
    same(world.of(`${hand.who} is heard on each difference`), forms.length, DIFFERENCES[OVER]);
    if (hand === ana) {
      same(world.of("who keeps an answer says why"), await hand.send(forms[0], { stance: "keep" }), 422);
      await world.look(hand, "rebuttal-wrong");
      await hand.open(page);
    }
    for (const [place, form] of forms.entries()) {
      await hand.send(form, place % 2 ? { stance: "concede" } : { stance: "keep", note: "It stands on the page that I named." });
    }
    if (hand === ana) await world.look(hand, "rebuttals-said");
  }
}

async function differences(hand, city) {
  await hand.open(at(city));
  return [...new Set(await hand.all(`main a[href*="${at(city)}/rule/"]`, "href"))];
}

async function judged(world, rita, city) {
  const looked = city === OVER;
  await rita.open(`${at(city)}/sign-off`);
  if (looked) await world.look(rita, "sign-off-lacking");
  let [link] = await differences(rita, city);
  let ruled = 0;
  if (DIFFERENCES[city]) await rita.open(link);
  while (DIFFERENCES[city] && rita.path().includes("/rule/")) {
    if (looked && !ruled) await firstRuling(world, rita);
    await rule(rita, ruled);
    ruled += 1;
    if (ruled > DIFFERENCES[city]) break;
  }
  same(world.of(`each difference of ${city} is ruled on`), ruled, DIFFERENCES[city]);
  if (looked) await world.look(rita, "city-ruled");
  await inspected(world, rita, city);
}

async function firstRuling(world, rita) {
  await world.look(rita, "rule");
  const page = rita.path();
  await rita.send(`form[action$="/names"]`);
  await world.look(rita, "rule-names");
  await rita.open(page);
  const wrong = await rita.send(`form[action$="/rulings"]`, { answer: "yes", reason: "machine_misread" });
  same(world.of("a ruling yes needs evidence"), wrong, 422);
  await comesBack(world, rita, "a ruling", "pick", "rule-wrong");
  await rita.open(page);
}

async function rule(rita, place) {
  const form = 'form[action$="/rulings"]';
  const [pick] = await rita.all(`${form} [name="pick"]`, "value");
  const yes = { pick: [pick], answer: "yes", reason: "machine_misread", note: "The page has it." };
  const no = { answer: "no", reason: "info_only_not_service" };
  const status = await rita.send(form, place % 2 ? no : yes);
  if (status !== 200) throw new Error(`rita: ${status} for a ruling at ${rita.path()}`);
}

// What was agreed on and drawn by lot, or contradicts the machine, is looked at.
async function inspected(world, rita, city) {
  const page = `${at(city)}/inspect`;
  const open = async () => (await rita.json(page)).looks.filter((one) => !one.outcome && !one.ruled).map((one) => one.code);
  let codes = await open();
  await rita.open(page);
  if (city === OVER) await world.look(rita, "inspect");
  if (city === OVER && codes.length) await doubt(world, rita, codes.shift(), page);
  for (const code of codes) await rita.send(inspection(code), { outcome: "stands" });
  if (city === OVER) await world.look(rita, "inspect-done");
  codes = await open();
  same(world.of(`what is to be looked at in ${city} was looked at`), codes, []);
}

async function doubt(world, rita, code, page) {
  same(world.of("a doubt needs a note"), await rita.send(inspection(code), { outcome: "doubted" }), 422);
  await world.look(rita, "inspect-wrong");
  await rita.open(page);
  await rita.send(inspection(code), { outcome: "doubted", note: "Is this the city's own page?" });
  await world.look(rita, "rule-doubted");
  await rule(rita, 1);
  await rita.open(page);
}

async function signedOff(world, sam, city) {
  const page = `${at(city)}/sign-off`;
  await sam.open(at(city));
  await sam.follow(`main a[href="${page}"]`);
  if (city === OVER) await world.look(sam, "sign-off");
  await sam.send(page);
  const { signed_off: done } = await sam.json(page);
  same(world.of(`${city} is signed off with all indicators`), done?.finals?.length, 95);
  if (city === OVER) await world.look(sam, "signed-off");
}

async function afterwards(world, ana, sam) {
  await ana.open(`${world.slots.ana[OVER]}/overruled`);
  await world.look(ana, "overruled");
  await sam.open(at(OVER));
  await world.look(sam, "city-signed-off");
}
