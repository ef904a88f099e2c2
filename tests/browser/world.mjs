// One application with its people: each has a browser of their own, all with scripts or all without.

import { Keyboard, Plain, stopsOfPage } from "./hands.mjs";

// Long, and no pseudonym is part of it.
export const PASSWORD = "nine lights over the old mole";

export class World {
  constructor(name, browser, server, looker) {
    Object.assign(this, { name, browser, server, looker, root: server.root, scripts: name === "script", hands: {} });
  }

  // A browser in which nobody is signed in.
  async stranger(who) {
    const context = await this.browser.newContext({
      javaScriptEnabled: this.scripts,
      viewport: { width: 1440, height: 900 },
      reducedMotion: "reduce",
    });
    if (this.scripts) await context.addInitScript(stopsOfPage);
    return this.window(context, who);
  }

  // A further window of a browser.
  async window(context, who) {
    const page = await context.newPage();
    // Nothing of ours asks before one leaves a page.
    page.on("dialog", (dialog) => dialog.dismiss());
    return new (this.scripts ? Keyboard : Plain)(page, this.root, who);
  }

  async signIn(who) {
    const hand = await this.stranger(who);
    await hand.open("/sign-in");
    await hand.send("/session", { person: who, password: PASSWORD });
    return hand;
  }

  async look(hand, name, options) {
    if (this.looker) await this.looker.look(hand, name, options);
  }

  // The name of a check in this world.
  of(name) {
    return `${this.name}: ${name}`;
  }
}
