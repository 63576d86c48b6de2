// Points at what a field note does not need: names, numbers, sensitive words, judgements.
//
// Nothing leaves the browser: the rules are fetched once, the text is read here and sent nowhere.
// The reading follows interventions/texthelper.py step by step, and a test compares both on the same
// sentences. The second half shows the findings below each field that carries data-text-helper; the author decides.

const LETTERS = "a-zœæ";
const WORD = new RegExp(`[${LETTERS}]+`, "g");
const TOKEN = new RegExp(`[${LETTERS}0-9]+`, "g");
const CLAUSE_END = /[.;!?\n,:()]/;
const WINDOW = 60;
const CONTEXT = 3;
const BACK_MAX = 64;
const DIGITS = "0123456789";

// ---------------------------------------------------------------- reading

function foldTable(special) {
  const table = new Map();
  const ranges = [[0xc0, 0x24f], [0x1e00, 0x1eff]];
  for (const [first, last] of ranges) {
    for (let code = first; code <= last; code += 1) {
      const sign = String.fromCharCode(code);
      const base = sign.normalize("NFD")[0];
      if (base !== sign) table.set(sign, base);
    }
  }
  for (let code = 0x300; code < 0x370; code += 1) table.set(String.fromCharCode(code), "");
  for (const [sign, plain] of Object.entries(special)) table.set(sign, plain);
  return table;
}

function sticky(source) {
  const regex = new RegExp(source, "y");
  return (text, at) => {
    regex.lastIndex = at;
    return regex.exec(text);
  };
}

const words = (text) => text.match(TOKEN) ?? [];
const isUpper = (sign) => sign !== sign.toLowerCase();
const isDigit = (sign) => sign !== "" && DIGITS.includes(sign);
const overlap = (list, found) => (list ?? []).some((word) => found.includes(word));

function wordsBefore(low, start) {
  const first = Math.max(0, start - WINDOW);
  const window = low.slice(first, start).split(CLAUSE_END).at(-1);
  const found = words(window);
  return first > 0 && window.length === start - first ? found.slice(1) : found;
}

function wordsAfter(low, end) {
  return words(low.slice(end, end + WINDOW).split(CLAUSE_END)[0]).slice(0, 1);
}

function extendBack(text, start, rule) {
  const signs = rule.back ?? "";
  const limit = start - (rule.back_max ?? BACK_MAX);
  let place = start;
  while (place > 0 && place > limit && signs.includes(text[place - 1])) place -= 1;
  return place;
}

export function nirIsPlausible(written) {
  const signs = written.toLowerCase().replace(/[^0-9ab]/g, "");
  if (signs.length === 13) return true;
  const number = signs.slice(0, 13).replaceAll("2a", "19").replaceAll("2b", "18");
  if (signs.length !== 15 || !/^[0-9]+$/.test(number)) return false;
  return 97 - (Number(number) % 97) === Number(signs.slice(13));
}

class Names {
  constructor(source) {
    Object.assign(this, source);
    for (const name of ["capital_titles", "short_titles", "given", "capital_only", "ambiguous", "groups", "kin",
      "functions", "title_stop", "places", "links", "acronyms"]) {
      this[name] = new Set(source[name]);
    }
    for (const name of ["after_title", "after_short_title", "after_given", "after_group", "after_kin"]) {
      this[name] = sticky(source[name]);
    }
    this.before_given = new RegExp(source.before_given);
    this.titles = new Map(Object.entries(source.titles));
    this.known = new Set([...source.given, ...source.ambiguous]);
    this.triggers = new Set([...this.known, ...this.titles.keys(), ...this.groups, ...this.kin]);
  }

  read(folded, word, start, end) {
    let found = this.titles.has(word) ? this.titled(folded, word, start, end) : null;
    if (!found && this.known.has(word)) found = this.givenName(folded, start, end, word);
    if (!found && (this.groups.has(word) || this.kin.has(word))) {
      const match = (this.groups.has(word) ? this.after_group : this.after_kin)(folded.text, end);
      if (match) found = { start, end: end + match[0].length, kind: "name", suggestion: word };
    }
    return found && !this.isPlace(folded.low, start) ? found : null;
  }

  titled(folded, word, start, end) {
    if (this.capital_titles.has(word) && !isUpper(folded.text[start])) return null;
    const match = this.after_title(folded.text, end);
    if (match) {
      const stop = end + match[0].length;
      const said = folded.low.slice(end, stop);
      const found = said.match(WORD) ?? [];
      if (found.some((part) => this.functions.has(part))) return null;
      const couple = ["et", "ou"].includes(found[0]) || said.includes("&");
      return { start, end: stop, kind: "name", suggestion: couple ? this.couple : this.titles.get(word) };
    }
    const short = this.short_titles.has(word) ? this.after_short_title(folded.low, end) : null;
    if (short && !this.title_stop.has(short[1]) && !this.functions.has(short[1])) {
      return { start, end: end + short[0].length, kind: "name", suggestion: this.titles.get(word) };
    }
    return null;
  }

  givenName(folded, start, wordEnd, word) {
    const text = folded.text;
    if (text.slice(start - 1, start) === "-" || isDigit(text.slice(wordEnd, wordEnd + 1))) return null;
    const end = this.compoundEnd(folded.low, wordEnd);
    if (end < 0) return null;
    const capital = isUpper(text[start]);
    const follow = capital ? this.after_given(text, end) : null;
    if (this.ambiguous.has(word) && !follow) return null;
    if (this.capital_only.has(word) && !capital) return null;
    const first = capital ? this.surnameStart(folded, start) : start;
    return { start: first, end: follow ? end + follow[0].length : end, kind: "name", suggestion: this.given_say };
  }

  surnameStart(folded, start) {
    const first = Math.max(0, start - WINDOW);
    const match = this.before_given.exec(folded.text.slice(first, start));
    if (match && !this.acronyms.has(match[0].trim().toLowerCase()) && !isUpper(folded.text[start + 1] ?? "")) {
      return first + match.index;
    }
    return start;
  }

  compoundEnd(low, from) {
    let end = from;
    const part = sticky(`[${LETTERS}]+`);
    while (low[end] === "-") {
      const match = part(low, end + 1);
      if (!match || !this.known.has(match[0])) return -1;
      end += 1 + match[0].length;
    }
    return end;
  }

  isPlace(low, start) {
    for (const word of wordsBefore(low, start).reverse()) {
      if (this.places.has(word)) return true;
      if (!this.links.has(word) && !this.known.has(word)) return false;
    }
    return false;
  }
}

/** Compiles the rules file; the result reads any number of texts. */
export function compile(source) {
  const table = foldTable(source.fold);

  // One place per sign, as in Python: signs outside the basic plane become one neutral sign.
  function fold(text) {
    const special = /[^\x00-\x7f]|\t/.test(text);
    if (!special) return { text, low: text.toLowerCase(), offsets: null };
    if (!/[\u0300-\u036f\ud800-\udfff]/.test(text)) {
      const plain = text.replace(/[^\x00-\x7f]|\t/g, (sign) => table.get(sign) ?? sign);
      return { text: plain, low: plain.toLowerCase(), offsets: null };
    }
    const signs = [];
    const offsets = [];
    let at = 0;
    for (const sign of text) {
      const plain = sign.length > 1 ? "\ufffd" : table.get(sign) ?? sign;
      if (plain !== "") {
        signs.push(plain);
        offsets.push(at);
      }
      at += sign.length;
    }
    const plain = signs.join("");
    return { text: plain, low: plain.toLowerCase(), offsets };
  }

  const patterns = source.patterns.map((rule) => ({ rule, regex: new RegExp(rule.regex, "g") }));
  const names = new Names(source.names);
  const phrases = new Map();
  const seen = new Set();
  for (const entry of source.words) {
    for (const word of entry.words) {
      const low = fold(word).low;
      if (seen.has(low)) continue;
      seen.add(low);
      const parts = low.match(WORD);
      const regex = parts.length > 1 ? sticky(`${parts.join("[ '-]{1,3}")}(?![${LETTERS}0-9])`) : null;
      if (!phrases.has(parts[0])) phrases.set(parts[0], []);
      phrases.get(parts[0]).push({ regex, length: low.length, entry });
    }
  }
  for (const found of phrases.values()) found.sort((one, other) => other.length - one.length);

  function listed(low, word, start, end) {
    for (const phrase of phrases.get(word) ?? []) {
      let stop = end;
      if (phrase.regex) {
        const match = phrase.regex(low, start);
        if (!match) continue;
        stop = start + match[0].length;
      } else if (isDigit(low.slice(end, end + 1))) {
        continue;
      }
      const { entry } = phrase;
      const before = wordsBefore(low, start);
      if (overlap(entry.not_after, before.slice(-CONTEXT))) continue;
      if (overlap(entry.not_before, wordsAfter(low, stop))) continue;
      const person = entry.person ? source.person[before.at(-1)] : undefined;
      return { start, end: stop, kind: entry.kind, suggestion: person ?? entry.say };
    }
    return null;
  }

  function byPattern(folded, candidates) {
    for (const { rule, regex } of patterns) {
      const text = rule.on === "text" ? folded.text : folded.low;
      let count = 0;
      for (const match of text.matchAll(regex)) {
        if (rule.check === "nir" && !nirIsPlausible(match[0])) continue;
        const start = extendBack(text, match.index, rule);
        candidates.push({ start, end: match.index + match[0].length, kind: rule.kind, suggestion: rule.say });
        count += 1;
        if (count === source.max_findings) break;
      }
    }
  }

  function byWord(folded, candidates) {
    let count = 0;
    for (const match of folded.low.matchAll(WORD)) {
      const word = match[0];
      if (!phrases.has(word) && !names.triggers.has(word)) continue;
      const end = match.index + word.length;
      const found = names.read(folded, word, match.index, end) ?? listed(folded.low, word, match.index, end);
      if (!found) continue;
      candidates.push(found);
      count += 1;
      if (count === source.max_findings) break;
    }
  }

  /** Every passage to look at again, in order, without overlap. Places count UTF-16 units, as a field does. */
  function find(text) {
    const folded = fold(text);
    const candidates = [];
    byPattern(folded, candidates);
    byWord(folded, candidates);
    candidates.sort((one, other) => one.start - other.start || other.end - one.end);
    const original = (place) => {
      if (!folded.offsets) return place;
      return place < folded.offsets.length ? folded.offsets[place] : text.length;
    };
    const findings = [];
    let last = 0;
    for (const found of candidates) {
      if (found.start < last || findings.length === source.max_findings) continue;
      last = found.end;
      const [start, end] = [original(found.start), original(found.end)];
      const { explanation } = source.kinds[found.kind];
      const word = text.slice(start, end);
      findings.push({ kind: found.kind, start, end, word, suggestion: found.suggestion, explanation });
    }
    return findings;
  }

  return { find, kinds: source.kinds };
}

/** What to write in place of a finding, and over which passage: elision and capital letter follow. */
export function replacement(text, finding) {
  let { start, end } = finding;
  let said = finding.suggestion;
  const before = text.slice(0, start);
  if (said === "") {
    if (/[ \u00a0]$/.test(before)) start -= 1;
    return { start, end, said };
  }
  const elided = /(^|[^\p{L}])(de|que|jusque|lorsque|puisque) $/iu.exec(before);
  if (elided && /^[aeéèêiouyhœ]/i.test(said)) {
    start -= 2;
    said = `’${said}`;
  } else if (/(^|[^\p{L}])[dqljnms]u?['’]$/iu.test(before) && !/^[aeéèêiouyhœ]/i.test(said)) {
    if (/d['’]$/i.test(before)) {
      start -= 1;
      said = `e ${said}`;
    }
  } else if (/(^|[.!?\n])[ \u00a0]*$/.test(before) && isUpper(text[start])) {
    said = said[0].toUpperCase() + said.slice(1);
  }
  return { start, end, said };
}

// ---------------------------------------------------------------- showing

const SHOWN = 4;
let loading = null;

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
    this.timer = setTimeout(() => this.read(), 400);
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
  enhance();
  document.addEventListener("htmx:afterSwap", (event) => enhance(event.target.parentElement ?? document));
}
