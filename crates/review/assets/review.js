"use strict";
// Comfort, nothing else: every screen works without. Own, plain, without globals; no text of a page is ever taken for markup.

(() => {
  const page = document;
  const find = (what, within = page) => within.querySelector(what);
  const all = (what, within = page) => [...within.querySelectorAll(what)];
  const read = (text, otherwise) => { try { return JSON.parse(text) ?? otherwise; } catch { return otherwise; } };
  const form = find("form[data-draft]");
  const receipt = find(".receipt");
  const API = "/api/v1";

  // What the browser keeps, apart for each person.
  const who = find(".who a[href='/me']")?.textContent.trim() ?? "";
  const kept = {
    name: (key) => `portolan ${who} ${key}`,
    get(key, otherwise) { try { return read(localStorage.getItem(this.name(key)), otherwise); } catch { return otherwise; } },
    set(key, value) { try { localStorage.setItem(this.name(key), JSON.stringify(value)); return true; } catch { return false; } },
    drop(key) { try { localStorage.removeItem(this.name(key)); } catch { /* Without storage there is nothing to drop. */ } },
  };

  const clock = (at) => new Intl.DateTimeFormat(page.documentElement.lang, { hour: "2-digit", minute: "2-digit" }).format(at);
  const tell = (word, at = new Date()) => {
    if (receipt && receipt.dataset[word]) receipt.textContent = receipt.dataset[word].replace("{time}", clock(at));
  };

  const uuid = () => {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  };

  // Sends fields as JSON resources take them. The token is that of this page: what waited may carry an old one.
  const send = (path, fields) => {
    const body = new URLSearchParams(fields.filter(([name]) => name !== "form"));
    const token = find("input[name=form]");
    if (token) body.append("form", token.value);
    return fetch(API + path, { method: "POST", body, credentials: "same-origin" });
  };
  const away = (answer) => !answer || answer.status === 401 || answer.status === 429 || answer.status >= 500;

  // What has the focus must not be under the bar, whose height changes with what it tells.
  const bar = find(".bar");
  if (bar) new ResizeObserver(() => page.documentElement.style.setProperty("--bar", `${bar.offsetHeight}px`)).observe(bar);

  // Seconds of activity: the tab is seen, and somebody did something within two minutes.
  let active = Number(form?.elements.seconds?.value) || 0;
  let touched = Date.now();
  const count = () => {
    if (page.visibilityState === "visible" && Date.now() - touched < 120_000) active += 1;
  };
  const stamp = () => { if (form?.elements.seconds) form.elements.seconds.value = String(active); };

  // Drafts: a second after the last input, and again when the network is back.
  const fields = () => { stamp(); return [...new FormData(form)].filter(([, value]) => typeof value === "string"); };
  let waiting = 0, pause = 2000, saving = null, left = false;

  // In this browser what is typed is kept at once: a line that is away, or a page that is left, loses nothing.
  function keep() {
    const typed = fields().filter(([name]) => !["form", "once"].includes(name));
    const at = Date.now();
    kept.set(form.dataset.draft, { at, base: form.dataset.at ?? "", typed });
    return { at, typed };
  }

  async function save() {
    clearTimeout(waiting);
    if (!form || left) return;
    if (saving) { waiting = setTimeout(save, 500); return; }
    const path = form.dataset.draft;
    const { at, typed } = keep();
    // A decision that waits has all of it.
    if (queue().some((one) => one.draft === path)) return;
    tell("saving");
    saving = send(path, [...typed, ["once", uuid()]]).catch(() => null);
    const answer = await saving;
    saving = null;
    if (answer?.ok) {
      form.dataset.at = (await answer.json().catch(() => null))?.saved ?? form.dataset.at;
      if (kept.get(path)?.at === at) kept.drop(path);
      pause = 2000;
      tell("saved");
    } else {
      tell("unsaved");
      if (away(answer)) waiting = setTimeout(again, (pause = Math.min(pause * 2, 60_000)));
    }
  }

  const again = () => { if (form && kept.get(form.dataset.draft)) save(); };

  // What did not reach the server fills the form, unless something else was kept since: clocks are not asked, they differ.
  function restore() {
    const draft = kept.get(form.dataset.draft);
    if (!draft) return;
    const newer = draft.base === null || draft.base === (form.dataset.at ?? "");
    if (!newer || !Array.isArray(draft.typed)) { kept.drop(form.dataset.draft); return; }
    const values = (name) => draft.typed.filter(([own]) => own === name).map(([, value]) => value);
    for (const one of form.elements) {
      if (!one.name || one.type === "hidden" || one.type === "submit") continue;
      if (one.type === "checkbox" || one.type === "radio") one.checked = values(one.name).includes(one.value);
      else if (values(one.name).length) one.value = values(one.name)[0];
    }
    tell("restored", new Date(draft.at));
    waiting = setTimeout(again, pause);
  }

  // Decisions: written down before they go off, so that a line that breaks loses none; sent again under the same name, so that
  // none is kept twice.
  const queue = () => kept.get("queue", []);
  const sent = (once) => { try { sessionStorage.setItem("sent", once); } catch { /* Then it is sent twice and kept once. */ } };
  const heard = () => { try { return sessionStorage.getItem("sent"); } catch { return null; } };
  const unqueue = (once) => kept.set("queue", queue().filter((one) => one.once !== once));

  function submitted(event) {
    stamp();
    const to = event.submitter?.getAttribute("formaction");
    if (to) { left = true; return; }
    // Line ends as forms send them (HTML, 4.10.21.4): under one name the same must be sent.
    const typed = fields().map(([name, value]) => [name, value.replace(/\r\n|\r|\n/g, "\r\n")]);
    const once = form.elements.once.value;
    const entry = { once, path: new URL(form.action).pathname, draft: form.dataset.draft, typed };
    kept.set("queue", [...queue().filter((one) => one.once !== once), entry]);
    clearTimeout(waiting);
    if (navigator.onLine) { left = true; sent(once); } else { event.preventDefault(); keep(); tell("queued"); }
  }

  // What waited is decided. If this page shows it, it goes on from there: what is decided here next takes its place.
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const written = (typed) => typed.filter(([name]) => ["answer", "reason", "note", "trail", "pick"].includes(name))
    .map(([name, value]) => [name, value.replace(/\r\n|\r/g, "\n")]);
  function decided(one, made) {
    const here = form && form.dataset.draft === one.draft;
    if (here && made?.id) Object.assign(form.elements.supersedes, { value: made.id });
    if (here && form.elements.once.value === one.once) form.elements.once.value = uuid();
    if (here) clearTimeout(waiting);
    if (here && !same(written(fields()), written(one.typed))) { waiting = setTimeout(save, 1000); return; }
    kept.drop(one.draft);
  }

  let flushing = false;
  async function flush() {
    if (flushing || !who) return;
    flushing = true;
    for (const one of queue()) {
      const answer = await send(one.path, one.typed).catch(() => null);
      if (away(answer)) { setTimeout(flush, (pause = Math.min(pause * 2, 60_000))); break; }
      // What was answered, well or not, was heard. What was refused stays as a draft.
      unqueue(one.once);
      if (answer.ok) decided(one, await answer.json().catch(() => null));
      else kept.set(one.draft, { at: Date.now(), base: null, typed: one.typed.filter(([name]) => !["form", "once"].includes(name)) });
      tell(answer.ok ? "sent" : "refused");
    }
    flushing = false;
  }

  // Keys: letters select, Ctrl+Enter decides. Names of the actions are those of the profile.
  const USUAL = {
    "next": "j", "previous": "k", "next-candidate": "]", "previous-candidate": "[", "yes": "y", "no": "n", "unclear": "u",
    "blocked": "b", "reject": "x", "replace": "r", "evidence": "e", "quote": "q", "text": "t", "page": "o", "live": "l",
    "note": "m", "guidance": "g", "undo": "z", "find": "/", "list": "?",
  };
  const DIGITS = { 1: "yes", 2: "no", 3: "unclear", 4: "blocked" };
  const chosen = read(find("meta[name=keys]")?.content ?? "{}", {});
  const map = { ...USUAL, ...(chosen.map ?? {}) };
  const panel = find("[data-keys]");
  const writes = (one) => one.isContentEditable || /^(TEXTAREA|SELECT)$/.test(one.tagName)
    || (one.tagName === "INPUT" && !/^(checkbox|radio|button|submit)$/.test(one.type));
  const change = (one) => one.dispatchEvent(new Event("input", { bubbles: true }));

  // The letter that a key makes; that of its place where the layout makes none of the Latin ones.
  function letter(event) {
    if (event.key.length !== 1) return "";
    if (event.key.charCodeAt(0) < 128) return event.key.toLowerCase();
    const place = /^(?:Key|Digit)(.)$/.exec(event.code);
    const others = { BracketLeft: "[", BracketRight: "]", Slash: event.shiftKey ? "?" : "/" };
    return place ? place[1].toLowerCase() : others[event.code] ?? "";
  }

  const candidates = () => all(".candidate");
  const current = () => page.activeElement?.closest?.(".candidate") ?? candidates()[0];
  const go = (name, within) => {
    const one = (within && find(`[data-key="${name}"]`, within)) ?? find(`[data-key="${name}"]`);
    if (one) one.click();
  };
  const focus = (one) => { if (one) { one.focus(); one.scrollIntoView({ block: "nearest" }); } };
  function step(by) {
    const list = candidates();
    const at = list.indexOf(page.activeElement?.closest?.(".candidate"));
    const next = at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + by, 0), list.length - 1);
    if (list[next]) focus(find("input", list[next]));
  }
  function act(action) {
    const choice = find(`input[type=radio][data-key="${action}"]`);
    if (choice && !choice.disabled) { choice.checked = true; focus(choice); change(choice); return; }
    switch (action) {
      case "next-candidate": return step(1);
      case "previous-candidate": return step(-1);
      case "reject": {
        const box = find("input[type=checkbox]", current() ?? panel);
        if (box && !box.disabled) { box.checked = false; focus(box); change(box); }
        return;
      }
      case "replace": return go("evidence");
      case "quote": return go("text", current());
      case "text": case "page": case "live": return go(action, current());
      case "note": case "guidance": return focus(find(`[data-key="${action}"]`));
      case "find": return focus(find("[data-key=find]"));
      case "undo": if (form) { form.reset(); change(form); } return;
      case "list": location.assign("/help#keys"); return;
      default: go(action);
    }
  }

  // Whoever dictates a sentence makes many letters at once: one alone within 80 ms is a key, more are none.
  let pending = 0, last = -1000, meant = null;
  function pressed(event) {
    if (chosen.off === true || !panel || event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
    const at = page.activeElement;
    const here = !at || at === page.body || at.id === "main" || panel.contains(at);
    if (event.key === "Enter" && event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey) {
      const commit = find("[data-key=commit]");
      if (!commit || !here) return;
      event.preventDefault();
      if (pending) { clearTimeout(pending); pending = 0; act(meant); }
      commit.form.requestSubmit(commit);
      return;
    }
    const typed = letter(event);
    if (!typed || event.repeat || event.metaKey) return;
    const graph = event.getModifierState("AltGraph");
    if ((event.ctrlKey || event.altKey) && !graph) return;
    if (event.shiftKey && /[a-z0-9]/.test(typed)) return;
    const burst = event.timeStamp - last < 80;
    last = event.timeStamp;
    if (burst) { clearTimeout(pending); pending = 0; return; }
    if (!here || (at && writes(at))) return;
    const action = Object.keys(map).find((name) => map[name] === typed) ?? DIGITS[typed];
    if (!action) return;
    event.preventDefault();
    meant = action;
    pending = setTimeout(() => { pending = 0; act(action); }, 80);
  }

  // A selection with mouse or finger fills the fields of a passage, in code points from the beginning of the text.
  function selected() {
    const text = find("[data-captured]"), to = find("form[data-choose]"), choice = getSelection();
    if (!text || !to || !choice.rangeCount || choice.isCollapsed) return;
    const range = choice.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
    const before = page.createRange();
    before.setStart(text, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const words = range.toString();
    const start = Number(text.dataset.captured) + [...before.toString()].length + [...words].length - [...words.trimStart()].length;
    to.elements.start.value = String(start);
    to.elements.end.value = String(start + [...words.trim()].length);
    to.elements.words.value = words.trim();
  }

  // Pages of what is under way, again and again.
  function live() {
    for (const one of all("[data-live]")) {
      setInterval(async () => {
        // Whoever is on the way to something with the keyboard stays there.
        const at = page.activeElement;
        if (page.visibilityState !== "visible" || (at && at !== page.body && at.id !== "main")) return;
        const answer = await fetch(location.href, { credentials: "same-origin" }).catch(() => null);
        if (answer?.ok && !answer.redirected) location.reload();
      }, Math.max(Number(one.dataset.live) || 10, 2) * 1000);
    }
  }

  // A table is in a region that keys reach and scroll; where all of it is in sight, that would be a stop for nothing.
  function wide() {
    for (const region of all(".scroll")) {
      const needed = region.scrollWidth > region.clientWidth || region === page.activeElement;
      region.dataset.label ??= region.getAttribute("aria-label");
      for (const [name, value] of [["role", "region"], ["tabindex", "0"], ["aria-label", region.dataset.label]]) {
        if (needed) region.setAttribute(name, value); else region.removeAttribute(name);
      }
    }
  }

  function begin() {
    for (const type of ["pointerdown", "pointermove", "keydown", "input", "scroll"]) {
      addEventListener(type, () => { touched = Date.now(); }, { passive: true, capture: true });
    }
    page.addEventListener("keydown", pressed);
    for (const key of all("kbd[data-for]")) {
      key.textContent = map[key.dataset.for] ?? "";
      key.hidden = chosen.off === true || !key.textContent;
    }
    // The server has heard what was sent if it answers with what became of it.
    const told = new URLSearchParams(location.search).get("said") === "said-decided" || find("main > .problem");
    const once = told && heard();
    if (once) { kept.drop(queue().find((one) => one.once === once)?.draft); unqueue(once); }
    if (form) {
      restore();
      setInterval(count, 1000);
      form.addEventListener("input", () => { keep(); clearTimeout(waiting); waiting = setTimeout(save, 1000); });
      form.addEventListener("submit", submitted);
      form.addEventListener("reset", () => setTimeout(() => { clearTimeout(waiting); waiting = setTimeout(save, 1000); }));
      addEventListener("pageshow", (event) => { if (event.persisted) { left = false; saving = null; } });
    }
    addEventListener("online", () => { pause = 2000; flush().then(again); });
    flush();
    if (find("[data-captured]")) page.addEventListener("selectionchange", selected);
    live();
    wide();
    addEventListener("resize", wide);
    find(".problem[tabindex]")?.focus();
  }

  begin();
})();
