// Points at what a field note does not need: names, numbers, sensitive words, judgements.
//
// Nothing leaves the browser: the rules are fetched once, the text is read here and sent nowhere. The findings
// are shown below each field that carries data-text-helper; the author decides.

import { compile, replacement } from "./texthelper_reading.js";

const SHOWN = 4;
let loading = null;
let pressing = false; // a note that appears under a finger moves the button away and the press is lost

function load(url) {
  loading ??= fetch(url, { credentials: "same-origin" })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
    .then(compile);
  return loading;
}

function element(name, { text, classes = "", ...attributes } = {}, ...children) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (classes) made.className = classes;
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

const key = (finding) => `${finding.kind} ${finding.word.toLocaleLowerCase("fr")}`;

function sentence(finding, kinds) {
  const pointed = element("b", { text: `«\u00a0${finding.word}\u00a0» ${kinds[finding.kind].points}.` });
  const proposal = finding.suggestion ? ` Écrire plutôt «\u00a0${finding.suggestion}\u00a0».` : " La note se comprend sans.";
  return element("p", {}, pointed, proposal);
}

class Helper {
  constructor(field, reader) {
    this.field = field;
    this.reader = reader;
    this.kept = new Set();
    this.shown = "";
    this.timer = 0;
    this.build();
    field.addEventListener("input", () => this.later());
    field.form?.addEventListener("reset", () => this.later());
    this.read();
  }

  build() {
    const name = this.field.id || `champ-${Math.random().toString(36).slice(2)}`;
    this.status = element("p", { classes: "visually-hidden", role: "status", id: `${name}-relecture` });
    this.list = element("div", { classes: "text-helper", role: "group", "aria-label": "Mots à relire" });
    this.list.hidden = true;
    this.field.after(this.list, this.status);
    const described = this.field.getAttribute("aria-describedby");
    this.field.setAttribute("aria-describedby", [described, this.status.id].filter(Boolean).join(" "));
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (pressing ? this.later() : this.read()), 400);
  }

  read() {
    const all = this.reader.find(this.field.value);
    const findings = all.filter((finding) => !this.kept.has(key(finding)));
    this.field.dataset.textHelperCount = String(findings.length);
    const signature = findings.map(key).join("\n");
    if (signature !== this.shown) {
      this.shown = signature;
      this.render(findings);
    } else {
      this.findings = findings;
    }
  }

  render(findings) {
    this.findings = findings;
    this.list.hidden = findings.length === 0;
    const seen = new Set();
    const notes = findings.slice(0, SHOWN).map((finding, index) => this.note(finding, index, seen));
    const more = findings.length - SHOWN;
    if (more > 0) notes.push(element("p", { classes: "soft", text: `Et ${more} autre${more > 1 ? "s" : ""} ensuite.` }));
    this.list.replaceChildren(...notes);
    this.status.textContent = this.summary(findings);
  }

  summary(findings) {
    if (findings.length === 0) return "";
    const [first] = findings;
    const count = findings.length === 1 ? "Un mot à relire" : `${findings.length} mots à relire`;
    return `${count} sous le champ : « ${first.word} » ${this.reader.kinds[first.kind].points}.`;
  }

  note(finding, index, seen) {
    const note = element("div", { classes: "note attention" }, sentence(finding, this.reader.kinds));
    if (!seen.has(finding.kind)) note.append(element("p", { classes: "soft", text: finding.explanation }));
    seen.add(finding.kind);
    const replace = element("button", {
      type: "button", classes: "link", text: finding.suggestion ? "Remplacer" : "Retirer le mot",
    });
    const keep = element("button", { type: "button", classes: "link", text: "Garder tel quel" });
    for (const button of [replace, keep]) button.append(element("span", { classes: "visually-hidden", text: ` : ${finding.word}` }));
    replace.addEventListener("click", () => this.replace(index));
    keep.addEventListener("click", () => this.keep(index));
    note.append(element("p", { classes: "text-helper-actions" }, replace, keep));
    return note;
  }

  replace(index) {
    const finding = this.findings[index];
    if (this.field.value.slice(finding.start, finding.end) === finding.word) {
      const { start, end, said } = replacement(this.field.value, finding);
      this.field.setRangeText(said, start, end, "end");
      this.field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    this.settle(index);
  }

  keep(index) {
    this.kept.add(key(this.findings[index]));
    this.settle(index);
  }

  // Focus never falls back to the top of the page: next note, else the field.
  settle(index) {
    clearTimeout(this.timer);
    this.read();
    const notes = this.list.querySelectorAll(".note");
    const next = notes[Math.min(index, notes.length - 1)]?.querySelector("button");
    (next ?? this.field).focus();
  }
}

/** Enhances every field under ``root`` that asks for it; a field is enhanced once. */
export async function enhance(root = document) {
  const fields = [...root.querySelectorAll("[data-text-helper]:not([data-text-helper-count])")];
  if (fields.length === 0) return;
  for (const field of fields) field.dataset.textHelperCount = "0";
  try {
    const url = fields[0].dataset.textHelper || new URL("texthelper_rules.json", import.meta.url).href;
    const reader = await load(url);
    for (const field of fields) new Helper(field, reader);
  } catch {
    loading = null; // without its rules the helper stays silent; the field works as before
    for (const field of fields) delete field.dataset.textHelperCount;
  }
}

if (typeof document !== "undefined") {
  document.addEventListener("pointerdown", () => (pressing = true), true);
  for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => (pressing = false), true);
  enhance();
  document.addEventListener("htmx:afterSwap", (event) => enhance(event.target.parentElement ?? document));
}
