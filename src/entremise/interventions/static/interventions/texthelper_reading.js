// Reads a text with the rules and gives what to point at, and what to write instead.
// Follows interventions/texthelper/reading.py step by step; a test compares both on the same sentences.

import { Names } from "./texthelper_names.js";
import { CONTEXT, LETTERS, WORD, extendBack, foldTable, isDigit, isUpper, overlap, sticky, words, wordsAfter, wordsBefore } from "./texthelper_text.js";

export function nirIsPlausible(written) {
  const signs = written.toLowerCase().replace(/[^0-9ab]/g, "");
  if (signs.length === 13) return true;
  const number = signs.slice(0, 13).replaceAll("2a", "19").replaceAll("2b", "18");
  if (signs.length !== 15 || !/^[0-9]+$/.test(number)) return false;
  return 97 - (Number(number) % 97) === Number(signs.slice(13));
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
