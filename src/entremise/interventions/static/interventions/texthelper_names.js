// Names of persons in a note: what is pointed at, and what only looks like one.
// Follows interventions/texthelper/names.py step by step; a test compares both on the same sentences.

import { LETTERS, WINDOW, WORD, isDigit, isUpper, sticky, wordsBefore } from "./texthelper_text.js";

export class Names {
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
