/* Correcting, on the phone, what was written on it: a correction is a new operation that names the one it replaces. */

import { contentOf } from "./payload.js";
import { entries, State } from "./operations.js";
import { openOperation, openOwn } from "./sealing.js";

const ACT = new Set(["act.record/1", "act.correct/1"]);
/** States that leave something to correct here: what is being compared or was set aside is decided at the office. */
const OPEN = new Set([State.WAITING, State.APPLIED, State.REJECTED]);

/**
 * The entry of an act that a correction goes on from: the last one written, unless the office has to decide about it.
 *
 * @param {Entry[]} all @param {Entry} entry @returns {boolean}
 */
export function isCorrectable(all, entry) {
  if (!OPEN.has(entry.state) || entry.replaced_by) return false;
  if (!ACT.has(entry.schema)) return entry.state === State.REJECTED;
  if (entry.state === State.REJECTED) return true;
  return !all.some((other) => ACT.has(other.schema) && other.entity_id === entry.entity_id && other.seq > entry.seq);
}

/**
 * What correcting an act sends. Before the server has it, the whole act again under the same identifier; afterwards the
 * fields that change, each with what it was.
 *
 * @param {{entry: Entry, content: any}[]} written everything written here about this act, in order
 * @param {string} id the entry being corrected
 * @returns {{schema: string, known: Record<string, any>, shown: Record<string, any>, after: string | null,
 *   replaces: string | null, base_version: number | null, hung: Record<string, any>}}
 */
export function planOf(written, id) {
  const target = written.find((one) => one.entry.id === id);
  if (!target) throw new Error("no such entry");
  const { entry, content } = target;
  const kept = written.filter((one) => one.entry.state !== State.REJECTED && !isReplaced(one.entry));
  if (entry.schema === "act.record/1" && entry.state !== State.APPLIED) {
    const whole = contentOf(content.payload);
    return { schema: "act.record/1", known: whole, shown: whole, after: null, replaces: id, base_version: null, hung: hungOn(content) };
  }
  const known = kept.reduce(believed, contentOf({}));
  const unanswered = kept.filter((one) => one.entry.schema === "act.correct/1" && one.entry.state === State.WAITING).length;
  const version = Math.max(1, ...kept.map((one) => one.entry.version ?? 0));
  const isRefused = entry.state === State.REJECTED;
  return {
    schema: "act.correct/1",
    known,
    shown: isRefused ? believed(known, target) : known,
    after: isRefused ? (kept.at(-1)?.entry.id ?? null) : id,
    replaces: entry.state === State.WAITING ? null : id,
    base_version: version + unanswered,
    hung: {},
  };
}

/** Replaced before the server had it: its words were said again by the entry that replaced it.
 *  @param {Entry} entry */
const isReplaced = (entry) => Boolean(entry.replaced_by) && entry.state !== State.APPLIED;

/** @param {Record<string, any>} known @param {{entry: Entry, content: any}} one */
function believed(known, { entry, content }) {
  if (entry.schema === "act.record/1") return contentOf(content.payload);
  const after = Object.entries(content.payload).map(([name, pair]) => [name, /** @type {any[]} */ (pair)[1]]);
  return { ...known, ...Object.fromEntries(after) };
}

/** What the act hangs on, which is not its content.
 *  @param {any} content */
function hungOn(content) {
  const { team_id, round_id, thread_id, duplicated_from_id } = content.payload;
  return { team_id, round_id: round_id ?? null, thread_id: thread_id ?? null, duplicated_from_id: duplicated_from_id ?? null };
}

/**
 * Everything written here about the record of an entry, in clear and in order; null while locked, or when it is no longer kept.
 *
 * @param {App} app @param {string} id
 */
export async function writtenAbout(app, id) {
  const { key } = app.phone.lock;
  const all = await entries(app.phone.database);
  const target = all.find((one) => one.id === id);
  if (!key || !target) return null;
  const about = all.filter((one) => one.entity_id === target.entity_id).reverse();
  return Promise.all(about.map(async (entry) => ({ entry, content: await openOperation(entry.envelope, key) })));
}

/** Why the server refused an entry, field by field; empty while locked.
 *  @param {App} app @param {string} id @returns {Promise<Record<string, string[]>>} */
export async function reasons(app, id) {
  const { key } = app.phone.lock;
  const entry = (await entries(app.phone.database)).find((one) => one.id === id);
  if (!key || !entry?.note || entry.state !== State.REJECTED) return {};
  return openOwn(entry.note, key, `note|${id}`);
}
