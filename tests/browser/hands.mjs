// How a person uses the application: with the keyboard alone, or without scripts. Forms are found by their address, fields by
// their name, links by where they lead: no word of any language is needed.

// Pages that take longer have failed.
export const PATIENCE = 20_000;

// Runs in each page before anything else: what Tab stops at, in the order in which it does.
export function stopsOfPage() {
  const stops = () => {
    const open = (one) => {
      for (let at = one; (at = at.parentElement?.closest("details:not([open])")); ) {
        if (one.localName !== "summary" || one.parentElement !== at) return false;
      }
      return true;
    };
    const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, iframe, [tabindex]")];
    const seen = all.filter((one) => one.tabIndex >= 0 && !one.disabled && one.type !== "hidden" && open(one)
      && one.getClientRects().length && getComputedStyle(one).visibility === "visible");
    // Of radio buttons with one name only one is a stop: the checked one, else the first.
    return seen.filter((one) => {
      if (one.type !== "radio") return true;
      const group = seen.filter((other) => other.type === "radio" && other.name === one.name && other.form === one.form);
      return one === (group.find((other) => other.checked) ?? group[0]);
    });
  };
  Object.defineProperty(globalThis, "portolanStops", { value: stops });
}

const isFocused = (one) => one === document.activeElement;
const isInDate = () => document.activeElement?.type === "date";

// How often Tab is to be pressed to come to an element; null if it does not stop there.
function stepsTo(one) {
  const stops = globalThis.portolanStops();
  const of = (element) => {
    const at = stops.indexOf(element);
    if (at >= 0 || !element || element === document.body) return at;
    // Focus within something that is no stop goes on from there.
    return stops.findLastIndex((stop) => stop.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING);
  };
  return stops.includes(one) ? of(one) - of(document.activeElement) : null;
}

class Hand {
  constructor(page, root, who) {
    Object.assign(this, { page, root, who, keys: 0 });
    page.setDefaultTimeout(PATIENCE);
  }

  async open(path) {
    await this.page.goto(new URL(path, this.root).href, { waitUntil: "load" });
  }

  path() {
    const { pathname, search } = new URL(this.page.url());
    return pathname + search;
  }

  has(selector) {
    return this.page.locator(selector).count().then((count) => count > 0);
  }

  // Every value of an attribute, in the order of the page.
  all(selector, attribute) {
    return this.page.locator(selector).evaluateAll((found, name) => found.map((one) => one.getAttribute(name)), attribute);
  }

  // What programs are told, with the rights of this person: for looking, never for doing.
  async json(path) {
    const answer = await this.page.context().request.get(`${this.root}/api/v1${path}`);
    if (!answer.ok()) throw new Error(`${this.who}: ${path}: ${answer.status()}`);
    return answer.json();
  }

  // Does something after which another page is there; answers its status.
  async turn(doing) {
    const isPage = (one) => one.request().isNavigationRequest() && one.frame() === this.page.mainFrame();
    const answered = this.page.waitForResponse((one) => isPage(one) && ![302, 303, 307].includes(one.status()));
    const loaded = this.page.waitForEvent("load");
    const [answer] = await Promise.all([answered, loaded, doing()]);
    return answer.status();
  }

  follow(selector) {
    return this.turn(() => this.press(selector));
  }

  // Fills in a form, named by where it goes or by a selector, and sends it.
  async send(action, fields = {}, button = "") {
    const form = action.startsWith("/") ? `form[action="${action}"]` : action;
    for (const [name, value] of Object.entries(fields)) await this.set(form, name, value);
    return this.turn(() => this.press(button || `${form} button[type="submit"]:not([formaction], .unseen)`));
  }

  // Opens what an element is folded into.
  async unfold(selector) {
    const found = await this.page.locator(selector).first().elementHandle({ timeout: PATIENCE });
    const shut = (one) => {
      const details = one.localName === "summary" ? one.parentElement.parentElement : one;
      const summary = details.closest("details:not([open])")?.querySelector(":scope > summary");
      summary?.setAttribute("data-shut", "");
      return Boolean(summary);
    };
    while (await found.evaluate(shut)) {
      await this.hit("[data-shut]");
      await this.page.locator("[data-shut]").evaluate((one) => one.removeAttribute("data-shut"));
    }
  }

  // What a field is, and the values that it offers.
  async field(form, name) {
    const found = this.page.locator(`${form} [name="${name}"]`);
    const [kind, values] = await found.evaluateAll((all) => [
      all[0]?.type ?? "none",
      all[0]?.localName === "select" ? [...all[0].options].map((one) => one.value) : all.map((one) => one.value),
    ]);
    if (kind === "none") throw new Error(`${this.who} at ${this.path()}: no field ${name} in ${form}`);
    return { kind, values, at: (value) => `${form} [name="${name}"][value="${value}"]` };
  }
}

// With the keyboard and nothing else. Every press is counted.
export class Keyboard extends Hand {
  async key(...keys) {
    for (const key of keys) {
      this.keys += 1;
      await this.page.keyboard.press(key);
    }
  }

  // Tabs to an element; what cannot be reached is an error.
  async focus(selector) {
    const target = await this.page.locator(selector).first().elementHandle({ timeout: PATIENCE });
    // An address with a fragment has Tab begin there, which no script is told: where that is, the first press shows.
    for (let tries = 0; tries < 3; tries += 1) {
      const steps = await target.evaluate(stepsTo);
      if (steps === null) throw new Error(`${this.who} at ${this.path()}: Tab does not stop at ${selector}`);
      for (let left = Math.abs(steps); left > 0; left -= 1) await this.key(steps > 0 ? "Tab" : "Shift+Tab");
      // Fields of a date have several stops within.
      while (steps && (await this.page.evaluate(isInDate)) && !(await target.evaluate(isFocused))) await this.key(steps > 0 ? "Tab" : "Shift+Tab");
      if (await target.evaluate(isFocused)) return target;
    }
    throw new Error(`${this.who} at ${this.path()}: Tab does not come to ${selector}`);
  }

  async press(selector) {
    await this.unfold(selector);
    await this.hit(selector);
  }

  async hit(selector) {
    await this.focus(selector);
    await this.key("Enter");
  }

  async set(form, name, value) {
    const { kind, values, at } = await this.field(form, name);
    const named = `${form} [name="${name}"]`;
    await this.unfold(named);
    if (kind === "select-one") {
      await this.focus(named);
      const place = values.indexOf(value);
      if (place < 0) throw new Error(`${this.who} at ${this.path()}: ${name} does not offer ${value}`);
      await this.key("Home", ...Array(place).fill("ArrowDown"));
      const got = await this.page.locator(named).inputValue();
      if (got !== value) throw new Error(`${this.who} at ${this.path()}: ${name} is ${got} and not ${value}`);
    } else if (kind === "radio") {
      await this.radio(named, at(value), values);
    } else if (kind === "checkbox") {
      const wanted = [value].flat();
      for (const one of values) {
        const box = this.page.locator(at(one));
        if ((await box.isChecked()) === wanted.includes(one)) continue;
        await this.focus(at(one));
        await this.key("Space");
      }
    } else {
      await this.focus(named);
      await this.key("Control+A");
      if (kind === "date") await this.page.locator(named).fill(value);
      else if (value === "") await this.key("Delete");
      else await this.page.keyboard.insertText(value);
    }
  }

  // Arrows go round within a group and choose; of a group without a choice the first is chosen with Space.
  async radio(named, wanted, values) {
    const first = (await this.page.locator(`${named}:checked`).count()) ? `${named}:checked` : named;
    await this.focus(first);
    if (first === named) await this.key("Space");
    for (let step = 0; step < values.length && !(await this.page.locator(wanted).isChecked()); step += 1) await this.key("ArrowDown");
    if (!(await this.page.locator(wanted).isChecked())) throw new Error(`${this.who} at ${this.path()}: ${wanted} cannot be chosen`);
  }
}

// Without scripts: clicks and typing, and whole pages.
export class Plain extends Hand {
  async press(selector) {
    await this.unfold(selector);
    await this.hit(selector);
  }

  hit(selector) {
    return this.page.locator(selector).first().click({ noWaitAfter: true });
  }

  async set(form, name, value) {
    const { kind, values, at } = await this.field(form, name);
    const named = `${form} [name="${name}"]`;
    await this.unfold(named);
    if (kind === "select-one") await this.page.locator(named).selectOption(value);
    else if (kind === "radio") await this.page.locator(at(value)).check();
    else if (kind === "checkbox") {
      const wanted = [value].flat();
      for (const one of values) await this.page.locator(at(one)).setChecked(wanted.includes(one));
    } else await this.page.locator(named).fill(value);
  }
}
