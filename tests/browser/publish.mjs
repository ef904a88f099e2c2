// Release, appeal, correction; what everybody reads, and what auditors look through.

import { holds, same } from "./report.mjs";

const CITY = "alderhaven";

export async function publish(world) {
  const { sam } = world.hands;
  const anybody = await world.stranger("anybody");
  await anybody.open("/releases");
  await world.look(anybody, "releases-none");
  await release(world, sam, 1, "The first release of the demo.");
  await read(world, anybody, 1);
  await appeal(world, anybody);
  await settled(world);
  await again(world);
  await release(world, sam, 2, "Corrects one answer after an appeal.");
  await corrected(world, anybody);
  await trace(world, anybody);
  await audit(world);
  await anybody.page.context().close();
}

async function release(world, sam, number, reason) {
  await sam.open("/releases");
  if (number === 1) await world.look(sam, "releases-first");
  await sam.send("/campaigns/demo/releases", { reason });
  const { releases } = await sam.json("/releases");
  same(world.of(`release ${number} is published`), releases.map((one) => one.number).sort(), number === 1 ? [1] : [1, 2]);
}

async function read(world, anybody, number) {
  await anybody.open("/releases");
  await world.look(anybody, "releases");
  await anybody.follow(`main a[href="/releases/demo/${number}"]`);
  await world.look(anybody, "release");
  await anybody.follow(`main a[href="/releases/demo/${number}/${CITY}"]`);
  await world.look(anybody, "release-city");
}

async function appeal(world, anybody) {
  const form = `form[action="/releases/demo/1/${CITY}/appeals"]`;
  const { values } = await anybody.field(form, "code");
  const said = { url: "https://www.alderhaven.example/", comment: "It is on our home page.", contact: "clerk@alderhaven.example" };
  for (const code of values.slice(0, 2)) {
    await anybody.open(`/releases/demo/1/${CITY}`);
    await anybody.send(form, { ...said, code });
  }
  await world.look(anybody, "appeal-sent");
  const wrong = await anybody.send(form, { ...said, code: values[0], url: "nowhere" });
  same(world.of("an appeal needs an address"), wrong, 422);
  // Only a few are taken from one address: it is not sent again in another language.
  await world.look(anybody, "appeal-wrong", { stay: "en" });
  world.appealed = values[0];
}

async function settled(world) {
  const { rita } = world.hands;
  await rita.open("/appeals");
  await world.look(rita, "appeals");
  const { appeals } = await rita.json("/appeals");
  same(world.of("appeals came in"), appeals.length, 2);
  for (const one of appeals) {
    const outcome = one.code === world.appealed ? "reopened" : "declined";
    await rita.send(`/appeals/${one.id}/settle`, { outcome, answer: outcome === "declined" ? "Seen before." : "We look again." });
  }
  await world.look(rita, "appeals-settled");
}

// A further round of one indicator: given, decided by both, sealed, signed off.
async function again(world) {
  const { admin, ana, ben, rita, sam } = world.hands;
  for (const [slot, person] of [["A", "ana"], ["B", "ben"]]) {
    await admin.open("/campaigns/demo/assignments");
    const status = await admin.send("/campaigns/demo/assignments", { portal: CITY, slot, person });
    same(world.of(`${person} has slot ${slot} of the second round`), status, 200);
  }
  for (const hand of [ana, ben]) await secondRound(world, hand);
  const page = `/cities/demo/${CITY}/2`;
  const { looks } = await rita.json(`${page}/inspect`);
  await rita.open(`${page}/inspect`);
  for (const { code } of looks.filter((one) => !one.outcome)) {
    await rita.send(`form[action$="/inspections"]:has(input[name="code"][value="${code}"])`, { outcome: "stands" });
  }
  await sam.open(`${page}/sign-off`);
  await sam.send(`${page}/sign-off`);
  const { signed_off: done } = await sam.json(`${page}/sign-off`);
  same(world.of("the second round is signed off"), done?.finals?.length, 95);
}

async function secondRound(world, hand) {
  await hand.open("/work");
  const { slots } = await hand.json("/work");
  const { slot } = slots.find((one) => one.round === 2);
  await hand.follow(`a[href="/slots/${slot}"]`);
  if (hand.who === "ana") await world.look(hand, "slot-second-round");
  await hand.follow("main .actions a.main");
  same(world.of(`${hand.who} is asked again about what was appealed`), hand.path().split(/[/?]/)[3], world.appealed);
  const form = "form.answer";
  await hand.set(form, "answer", "no");
  await hand.set(form, "reason", "info_only_not_service");
  await hand.set(form, "trail", "https://www.alderhaven.example/");
  await hand.turn(() => hand.press(`${form} .bar button.main`));
  await hand.open(`/slots/${slot}/seal`);
  await hand.send(`/slots/${slot}/seal`, { independent: "yes" });
}

async function corrected(world, anybody) {
  await anybody.open("/releases");
  await world.look(anybody, "releases-corrected");
  await anybody.follow('main th a[href="/releases/demo/1"]');
  holds(world.of("a corrected release names its correction"), await anybody.has('main a[href="/releases/demo/2"]'), anybody.path());
  await world.look(anybody, "release-old");
}

async function trace(world, anybody) {
  await anybody.open(`/releases/demo/2/${CITY}`);
  const { answers } = await anybody.json(`/releases/demo/2/${CITY}`);
  const yes = answers.find((one) => one.answer === "yes");
  await anybody.follow(`main a[href="${yes.trace}"]`);
  await world.look(anybody, "trace");
  same(world.of("a released score is walked back to its bytes"), await anybody.send(`${yes.trace}/verify`), 200);
  await world.look(anybody, "trace-verified");
}

async function audit(world) {
  const { odil, vera, ana } = world.hands;
  for (const path of ["drift", "agreement", "exports", "audit", "audit/verify", "campaigns", "campaigns/demo"]) {
    await odil.open(`/${path}`);
    await world.look(odil, `odil-${path.replaceAll("/", "-")}`);
  }
  const { rows } = await odil.json("/audit");
  holds(world.of("the audit log has what was done"), rows.length === 100, `${rows.length} rows on its first page`);
  await vera.open("/exports");
  const [link] = await vera.all('main a[href$=".csv"], main a[href*=".csv?"]', "href");
  const file = vera.page.waitForEvent("download");
  await vera.press(`main a[href="${link}"]`);
  const name = (await file).suggestedFilename();
  holds(world.of("decisions are taken along as CSV"), name.endsWith(".csv"), name);
  await ana.open("/audit");
  await world.look(ana, "audit-own");
}
