// The keys of the decision screen: what they do, that they are silent while somebody writes or dictates, that they can be
// changed, that off means off; and what each person sees whatever their duties.

import { holds, same } from "./report.mjs";
import { PASSWORD } from "./world.mjs";

const FORM = "form.answer";

// Longer than the script waits to tell a key from dictation.
const SETTLED = 400;

// What a person can see of the form, and where they are.
const state = (hand) => hand.page.evaluate(() => JSON.stringify([
  location.href, scrollY, document.activeElement?.id ?? "",
  [...document.querySelectorAll("input, select, textarea")].map((one) => [one.name, one.type === "hidden" ? "" : one.value, one.checked]),
]));

const answer = (hand) => hand.page.evaluate(() => document.querySelector("[name=answer]:checked")?.value ?? "");

// What was typed before and not sent yet is filled in again and sent first.
const sent = (hand) => hand.page.waitForFunction(() => Object.keys(localStorage).every((key) => key.endsWith(" queue")));

export async function keys(world) {
  const { ana } = world.hands;
  await person(world, ana);
  if (world.scripts) {
    const slot = await openSlot(ana);
    await work(world, ana, slot);
    await silent(world, ana);
    await off(world, ana, slot);
    await changed(world, ana, slot);
  }
  await away(world, ana);
  await refusals(world, ana);
}

async function openSlot(ana) {
  await ana.open("/work");
  const [slot] = await ana.all('th a[href^="/slots/"]', "href");
  await decision(ana, slot);
  return slot;
}

async function decision(ana, slot) {
  await ana.open(slot);
  await ana.follow("main .actions a.main");
}

async function person(world, ana) {
  for (const path of ["me", "help"]) {
    await ana.open(`/${path}`);
    await world.look(ana, path);
  }
  await ana.open("/me");
  await ana.send("/me", { theme: "dark", size: "larger" });
  await world.look(ana, "me-dark-larger");
  await ana.send("/me", { theme: "auto", size: "normal" });
  await ana.send("/me/tokens", { label: "Table of mine", scope: "read" });
  await world.look(ana, "me-token", { stay: "en" });
  const program = await (await world.stranger("program")).page.context();
  const secret = await ana.page.locator("main code").first().textContent();
  const told = await program.request.get(`${world.root}/api/v1/work`, { headers: { authorization: `Bearer ${secret}` } });
  same(world.of("a program reads with its token"), told.status(), 200);
  await program.close();
  await ana.open("/me");
  await ana.send("/me/interests", { portal: "rochevigne", note: "Lived there" });
  await world.look(ana, "me-interest");
  const wrong = await ana.send("/me/password", { "old-password": "not this one", password: PASSWORD });
  same(world.of("a wrong password changes none"), wrong, 422);
  await world.look(ana, "me-password-wrong");
  const { admin } = world.hands;
  await admin.open("/people/ana");
  await world.look(admin, "person-interest");
  const [withdraw] = await admin.all('form[action$="/withdraw"]', "action");
  await admin.send(withdraw);
}

async function work(world, ana, slot) {
  for (const [key, expected] of [["y", "yes"], ["n", "no"], ["u", "unclear"], ["b", "blocked"], ["1", "yes"], ["2", "no"]]) {
    await ana.key(key);
    await ana.page.waitForFunction((value) => document.querySelector("[name=answer]:checked")?.value === value, expected, { timeout: 3000 })
      .catch(() => null);
    same(world.of(`${key} chooses ${expected}`), await answer(ana), expected);
  }
  // On a layout without Latin letters the place of the key counts.
  const session = await ana.page.context().newCDPSession(ana.page);
  for (const type of ["keyDown", "keyUp"]) {
    await session.send("Input.dispatchKeyEvent", { type, key: "غ", code: "KeyY", text: type === "keyDown" ? "غ" : undefined });
  }
  await ana.page.waitForTimeout(SETTLED);
  same(world.of("the key of y chooses yes on an Arabic keyboard"), await answer(ana), "yes");
  await ana.key("m");
  await ana.page.waitForTimeout(SETTLED);
  same(world.of("m goes to the note"), await ana.page.evaluate(() => document.activeElement.name), "note");
  await decision(ana, slot);
}

async function silent(world, ana) {
  await ana.focus(`${FORM} [name="note"]`);
  const before = await answer(ana);
  await ana.page.keyboard.type("yes, no: but unclear [1] j/k?", { delay: 10 });
  await ana.page.waitForTimeout(SETTLED);
  same(world.of("keys do nothing while somebody writes"), [await answer(ana), await ana.page.evaluate(() => document.activeElement.value)],
    [before, "yes, no: but unclear [1] j/k?"]);
  await ana.page.reload();
  await sent(ana);
  // A sentence that is dictated into no field comes as many letters at once.
  const stood = await state(ana);
  const session = await ana.page.context().newCDPSession(ana.page);
  const letters = [..."not yet but unclear"];
  await Promise.all(letters.map((key) => session.send("Input.dispatchKeyEvent", { type: "keyDown", key, text: key })));
  await ana.page.waitForTimeout(SETTLED);
  same(world.of("a dictated sentence chooses nothing"), await state(ana), stood);
  for (const key of ["Control+y", "Alt+n", "Meta+u"]) await ana.page.keyboard.press(key);
  await ana.page.waitForTimeout(SETTLED);
  same(world.of("keys with modifiers choose nothing"), await answer(ana), JSON.parse(stood)[3].find(([name, , on]) => name === "answer" && on)?.[1] ?? "");
}

// Every key that does something, and those that could.
const EVERY = [..."abcdefghijklmnopqrstuvwxyz0123456789[]/?"];

async function off(world, ana, slot) {
  await ana.open("/me");
  await ana.send("/me", { shortcuts: "off" });
  await world.look(ana, "me-keys-off");
  await decision(ana, slot);
  await sent(ana);
  const stood = await state(ana);
  const asked = [];
  const count = (one) => { if (!one.url().includes("/assets/")) asked.push(`${one.method()} ${one.url()}`); };
  ana.page.on("request", count);
  const moved = [];
  for (const key of EVERY) {
    await ana.page.keyboard.press(key);
    await ana.page.waitForTimeout(90);
    if ((await state(ana)) !== stood) moved.push(key);
  }
  await ana.page.waitForTimeout(SETTLED);
  ana.page.off("request", count);
  same(world.of(`off means off: ${EVERY.length} keys change nothing and send nothing`), [moved, asked, await state(ana)], [[], [], stood]);
  holds(world.of("keys that are off are not shown"), !(await ana.page.locator("kbd:visible").count()), "a key is shown");
  await ana.open("/me");
  await ana.send("/me", { shortcuts: "on" });
}

async function changed(world, ana, slot) {
  await ana.open("/me");
  same(world.of("no two actions have one key"), await ana.send("/me", { "key-yes": "n" }), 422);
  await world.look(ana, "me-keys-wrong");
  await ana.open("/me");
  await ana.send("/me", { "key-yes": "v" });
  await decision(ana, slot);
  const before = await answer(ana);
  await ana.key("y");
  await ana.page.waitForTimeout(SETTLED);
  same(world.of("a key that was changed does nothing any more"), await answer(ana), before);
  await ana.key("v");
  await ana.page.waitForTimeout(SETTLED);
  same(world.of("the key chosen instead does it"), await answer(ana), "yes");
  await ana.open("/me");
  await ana.send("/me", { "key-yes": "y" });
}

// Signed out while writing: what was written comes along.
async function away(world, ana) {
  const slot = await openSlot(ana);
  const second = await world.signIn("ana");
  await second.open("/me");
  const [end] = await second.all('form[action^="/me/sessions/"]', "action");
  for (const one of await second.all('form[action^="/me/sessions/"]', "action")) await second.send(one);
  holds(world.of("a person ends other sessions"), end, "no other session");
  const status = await ana.send(FORM, { note: "Written before I was signed out" }, `${FORM} .bar button[formaction$="/draft"]`);
  same(world.of("who is signed out is asked to sign in"), status, 401);
  await world.look(ana, "sign-in-kept");
  await ana.send("/session", { person: "ana", password: PASSWORD });
  await world.look(ana, "kept");
  await ana.send('main form[action^="/slots/"]');
  await decision(ana, slot);
  same(world.of("nothing that was written is lost"), await ana.page.locator(`${FORM} [name="note"]`).inputValue(), "Written before I was signed out");
  await second.page.context().close();
}

async function refusals(world, ana) {
  await ana.open("/nowhere");
  await world.look(ana, "nowhere");
  await ana.open("/people");
  await world.look(ana, "forbidden");
  const stranger = await world.stranger("nobody");
  await stranger.open("/sign-in");
  await world.look(stranger, "sign-in");
  await stranger.send("/session", { person: "nobody", password: "whatever it may be" });
  await world.look(stranger, "sign-in-wrong");
  let status = 0;
  for (let tries = 0; tries < 12 && status !== 429; tries += 1) {
    await stranger.open("/sign-in");
    status = await stranger.send("/session", { person: "somebody", password: "whatever it may be" });
  }
  same(world.of("passwords cannot be tried for ever"), status, 429);
  await world.look(stranger, "sign-in-too-many");
  await stranger.page.context().close();
}
