// Set-up, as an administrator does it: people by one-time links, a campaign with its cities, its rules, and who assesses what.

import { holds, same } from "./report.mjs";
import { PASSWORD } from "./world.mjs";

const PEOPLE = [
  ["ana", "assessor"],
  ["ben", "assessor"],
  ["rita", "reviewer"],
  ["sam", "senior"],
  ["odil", "auditor"],
  ["vera", "viewer"],
  ["nora", "assessor"],
];

export const CITIES = ["alderhaven", "wadi-nakheel", "rochevigne"];
export const NAMES = { alderhaven: "Alderhaven", "wadi-nakheel": "وادي النخيل", rochevigne: "Rochevigne" };

const LIST = `id,city,country,home,hosts,languages
alderhaven,Alderhaven,GB,https://www.alderhaven.example/,,en
wadi-nakheel,وادي النخيل,AE,https://www.wadi-nakheel.example/,,ar
rochevigne,Rochevigne,FR,https://www.rochevigne.example/,demarches.guichet-orle.example=service,fr
`;

export async function setUp(world) {
  const admin = await firstStart(world);
  world.hands.admin = admin;
  await invite(world, admin);
  await enter(world, admin);
  await lookAfter(world, admin);
  await campaign(world, admin);
  await assign(world, admin);
}

async function firstStart(world) {
  const admin = await world.stranger("admin");
  await admin.open("/");
  await world.look(admin, "sign-in-needed");
  await admin.open(`/setup?token=${world.server.token}`);
  await world.look(admin, "setup");
  same(world.of("a short password makes no administrator"), await admin.send("/setup", { person: "admin", password: "short" }), 422);
  await world.look(admin, "setup-wrong");
  await admin.open(`/setup?token=${world.server.token}`);
  await admin.send("/setup", { person: "admin", name: "Administrator", password: PASSWORD });
  same(world.of("the first administrator is made and signed in"), new URL(admin.page.url()).pathname, "/campaigns");
  await world.look(admin, "campaigns-none");
  return admin;
}

async function invite(world, admin) {
  await admin.open("/people");
  await world.look(admin, "people-first");
  const bad = "pseudonym,name,duties\n=x,Formula,assessor\nana,Ana,astronaut\n";
  same(world.of("a list with wrong rows invites nobody"), await admin.send("/people/import", { people: bad }), 422);
  await world.look(admin, "people-import-wrong");
  await admin.open("/people");
  const rows = PEOPLE.slice(1).map(([who, duty]) => `${who},,${duty}`);
  await admin.send("/people/import", { people: ["pseudonym,name,duties", ...rows].join("\n") });
  world.links = await admin.all('td a[href*="/welcome/"]', "href");
  await admin.open("/people");
  await admin.send("/people", { person: "ana", name: "Ana Example", duty: ["assessor"] });
  world.links.unshift(...(await admin.all('td a[href*="/welcome/"]', "href")));
  same(world.of("each invited person has a one-time link"), world.links.length, PEOPLE.length);
  await admin.open("/people");
  await world.look(admin, "people");
}

async function enter(world, admin) {
  for (const [place, [who]] of PEOPLE.entries()) {
    const hand = await world.stranger(who);
    await hand.open(world.links[place]);
    const form = `form[action^="/welcome/"]`;
    if (who === "ana") {
      await world.look(hand, "welcome");
      same(world.of("a common password is refused"), await hand.send(form, { password: "password1234" }), 422);
      await world.look(hand, "welcome-wrong");
      await hand.open(world.links[place]);
    }
    await hand.send(form, { password: PASSWORD });
    holds(world.of(`${who} chose a password and is in`), await hand.has('header a[href="/me"]'), hand.path());
    world.hands[who] = hand;
  }
  const late = await world.stranger("nobody");
  await late.open(world.links[0]);
  await world.look(late, "welcome-used");
  holds(world.of("a used link is of no use"), !(await late.has('input[name="password"]')), late.path());
  await late.page.context().close();
}

async function lookAfter(world, admin) {
  await admin.open("/people/vera");
  await world.look(admin, "person");
  await admin.send("/people/vera/deactivate");
  await world.look(admin, "person-gone");
  await admin.send("/people/vera/activate");
  await admin.send("/people/vera/link");
  await world.look(admin, "person-link");
  const [link] = await admin.all('td a[href*="/welcome/"]', "href");
  const vera = world.hands.vera;
  await vera.open("/");
  holds(world.of("who is deactivated is signed out"), await vera.has('form[action="/session"]'), vera.path());
  await vera.open(link);
  await vera.send(`form[action^="/welcome/"]`, { password: PASSWORD });
  await admin.open("/people/ana");
  await admin.send("/people/ana/erase-name");
  holds(world.of("a name is erased"), !(await admin.page.content()).includes("Ana Example"), "the name is still there");
}

async function campaign(world, admin) {
  await admin.open("/campaigns");
  const wrong = { key: "demo", title: "Demo", portals: "id,city,country,home\nx y,,UK,nowhere\n" };
  same(world.of("a list with wrong rows begins no campaign"), await admin.send("/campaigns", wrong), 422);
  await world.look(admin, "campaigns-wrong");
  await admin.open("/campaigns");
  await admin.send("/campaigns", { key: "demo", title: "Demo", portals: LIST });
  same(world.of("the campaign is begun"), new URL(admin.page.url()).pathname, "/campaigns/demo");
  await world.look(admin, "campaign-begun");
  await admin.open("/campaigns");
  await world.look(admin, "campaigns");
  await admin.open("/campaigns/demo/policy");
  await world.look(admin, "policy");
  same(world.of("a share above 100 is refused"), await admin.send("/campaigns/demo/policy", { clean: "300" }), 422);
  await world.look(admin, "policy-wrong");
  await admin.open("/campaigns/demo/policy");
  // What is drawn by lot is drawn anew each time; the play must be the same each time.
  await admin.send("/campaigns/demo/policy", { threshold: "5", clean: "0", inspected: "4" });
  await world.look(admin, "policy-changed");
  const { no } = await admin.json("/campaigns/demo/policy");
  same(world.of("a changed policy is a further one"), no, 2);
  await admin.open("/campaigns/demo");
  const [survey] = await admin.all('main a[href*="/surveys/"]', "href");
  await admin.follow(`main a[href="${survey}"]`);
  await world.look(admin, "survey");
}

async function assign(world, admin) {
  await admin.open("/campaigns/demo/assignments");
  await world.look(admin, "assignments");
  const at = "/campaigns/demo/assignments";
  same(world.of("nobody gets both slots"), await admin.send(`${at}/pairs`, { first: "ana", second: "ana" }), 422);
  await world.look(admin, "assignments-wrong");
  await admin.open(at);
  await admin.send(`${at}/pairs`, { first: "ana", second: "ben", due: "2031-01-31" });
  await world.look(admin, "assignments-pairs");
  await admin.open(at);
  await world.look(admin, "assignments-done");
  await admin.open("/campaigns/demo");
  await world.look(admin, "campaign-assigned");
  await admin.open("/cities");
  await world.look(admin, "cities-assessing");
}
