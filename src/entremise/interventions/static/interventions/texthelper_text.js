// Letters, words and clauses of a text, as the text helper reads them.
// Follows interventions/texthelper/text.py step by step; a test compares both on the same sentences.

export const LETTERS = "a-zœæ";
export const WORD = new RegExp(`[${LETTERS}]+`, "g");
export const TOKEN = new RegExp(`[${LETTERS}0-9]+`, "g");
export const CLAUSE_END = /[.;!?\n,:()]/;
export const WINDOW = 60;
export const CONTEXT = 3;
export const BACK_MAX = 64;
export const DIGITS = "0123456789";

export function foldTable(special) {
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

export function sticky(source) {
  const regex = new RegExp(source, "y");
  return (text, at) => {
    regex.lastIndex = at;
    return regex.exec(text);
  };
}

export const words = (text) => text.match(TOKEN) ?? [];
export const isUpper = (sign) => sign !== sign.toLowerCase();
export const isDigit = (sign) => sign !== "" && DIGITS.includes(sign);
export const overlap = (list, found) => (list ?? []).some((word) => found.includes(word));

export function wordsBefore(low, start) {
  const first = Math.max(0, start - WINDOW);
  const window = low.slice(first, start).split(CLAUSE_END).at(-1);
  const found = words(window);
  return first > 0 && window.length === start - first ? found.slice(1) : found;
}

export function wordsAfter(low, end) {
  return words(low.slice(end, end + WINDOW).split(CLAUSE_END)[0]).slice(0, 1);
}

export function extendBack(text, start, rule) {
  const signs = rule.back ?? "";
  const limit = start - (rule.back_max ?? BACK_MAX);
  let place = start;
  while (place > 0 && place > limit && signs.includes(text[place - 1])) place -= 1;
  return place;
}
