/* From the form of the office to the fields of the command: the same names, lists as lists, numbers as numbers. */

import { fromField } from "./moments.js";

const MANY = new Set(["registers", "configurations", "publics", "demands", "themes", "conflict_objects", "dangers", "actions", "follow_ups", "partners"]);
const NUMBERS = new Set(["people_count", "tension_before", "tension_after", "duration_minutes"]);
const LEFT_OUT = new Set(["csrfmiddlewaretoken", "duration_choice", "id", "round_id"]);
const HEADS = /^(ages|genders)-(.+)$/;

/** @param {FormData} data @returns {Record<string, string[]>} what is missing, beside its field */
export function required(data) {
  /** @type {Record<string, string[]>} */
  const errors = {};
  if (!data.get("site_id")) errors.site_id = ["Choisissez le lieu."];
  if (!data.getAll("registers").length) errors.registers = ["Dites ce qui s’est passé."];
  if (!data.get("outcome")) errors.outcome = ["Choisissez le résultat."];
  return errors;
}

/** @param {FormData} data @returns {Record<string, any>} */
export function actPayload(data) {
  /** @type {Record<string, any>} */
  const payload = {};
  for (const name of new Set(data.keys())) {
    if (LEFT_OUT.has(name)) continue;
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
