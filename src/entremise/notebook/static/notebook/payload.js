/* From the form of the office to the fields of the command: the same names, lists as lists, numbers as numbers. */

import { forField, fromField } from "./moments.js";

const MANY = new Set(["registers", "configurations", "publics", "demands", "themes", "conflict_objects", "dangers", "actions", "follow_ups", "partners"]);
const NUMBERS = new Set(["people_count", "tension_before", "tension_after", "duration_minutes"]);
export const DATES = new Set(["occurred_at", "observed_at", "reported_at", "started_at", "ended_at"]);
const LEFT_OUT = new Set(["csrfmiddlewaretoken", "duration_choice", "id", "round_id"]);
const HEADS = /^(ages|genders)-(.+)$/;
const TEXTS = ["outcome", "origin", "contact_mode", "first_meeting", "language_need", "conflict_kind", "party_a", "party_b", "history", "link", "narrative"];
/** Everything an author may write of an act, as the server holds it when nothing was answered.
 *  @type {Record<string, any>} */
const EMPTY = {
  ...Object.fromEntries(TEXTS.map((name) => [name, ""])),
  ...Object.fromEntries([...MANY, "ages", "genders"].map((name) => [name, []])),
  ...Object.fromEntries([...NUMBERS, "site_id", "occurred_at", "second_author_id"].map((name) => [name, null])),
  visibility: "equipe",
};

/** @param {FormData} data @returns {Record<string, string[]>} what is missing, beside its field */
export function required(data) {
  /** @type {Record<string, string[]>} */
  const errors = {};
  if (!data.get("site_id")) errors.site_id = ["Choisissez le lieu."];
  if (!data.getAll("registers").length) errors.registers = ["Dites ce qui s’est passé."];
  if (!data.get("outcome")) errors.outcome = ["Choisissez le résultat."];
  return errors;
}

/** @param {FormData} data @param {Set<string>} [unseen] fields of a hidden block: nobody saw them being sent @returns {Record<string, any>} */
export function actPayload(data, unseen = new Set()) {
  /** @type {Record<string, any>} */
  const payload = {};
  for (const name of new Set(data.keys())) {
    if (LEFT_OUT.has(name) || unseen.has(name)) continue;
    const heads = HEADS.exec(name);
    if (heads) {
      const count = Number(data.get(name));
      const estimated = Boolean(data.get(`${heads[1]}-estimated`));
      if (heads[2] !== "estimated" && count > 0) (payload[heads[1]] ??= []).push({ code: heads[2], count, estimated });
    } else if (MANY.has(name)) payload[name] = data.getAll(name).filter(Boolean);
    else if (NUMBERS.has(name)) payload[name] = data.get(name) === "" ? null : Number(data.get(name));
    else payload[name] = data.get(name) || (name.endsWith("_id") ? null : "");
  }
  const usual = data.get("duration_choice");
  if (payload.duration_minutes == null && usual) payload.duration_minutes = Number(usual);
  if (payload.occurred_at) payload.occurred_at = fromField(String(payload.occurred_at));
  return payload;
}

/** The whole content of an act that a payload recorded.
 *  @param {Record<string, any>} payload @returns {Record<string, any>} */
export function contentOf(payload) {
  return Object.fromEntries(Object.keys(EMPTY).map((name) => [name, payload[name] ?? EMPTY[name]]));
}

/** What a correction says: each field that differs, before and after.
 *  @param {Record<string, any>} before @param {Record<string, any>} after */
export function changesOf(before, after) {
  return Object.fromEntries(
    Object.keys(EMPTY)
      .filter((name) => !same(name, before[name], after[name]))
      .map((name) => [name, [before[name], after[name]]]),
  );
}

/** @param {string} name @param {any} one @param {any} other */
function same(name, one, other) {
  if (name === "occurred_at") return Date.parse(one) === Date.parse(other); // one instant, whatever the offset it is told with
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What the fields of the form show for a content: the inverse of `actPayload`.
 *  @param {Record<string, any>} content @returns {[string, string][]} */
export function formValues(content) {
  /** @type {[string, string][]} */
  const values = [];
  for (const [name, value] of Object.entries(content)) {
    if (value === null || value === undefined || value === "") continue;
    if (name === "ages" || name === "genders") {
      for (const { code, count, estimated } of value) {
        values.push([`${name}-${code}`, String(count)]);
        if (estimated) values.push([`${name}-estimated`, "on"]);
      }
    } else if (DATES.has(name)) values.push([name, forField(new Date(value))]);
    else if (Array.isArray(value)) for (const one of value) values.push([name, String(one)]);
    else if (value === true) values.push([name, "on"]);
    else values.push([name, String(value)]);
  }
  return values;
}
