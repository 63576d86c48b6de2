/* What a gesture leaves on the phone: one sealed, numbered, signed operation, its photos, and its draft removed,
 * in one strict transaction. "Enregistré sur ce téléphone" is said when that transaction has ended, never before. */

import { uuid7 } from "./identifiers.js";
import { withOffset } from "./moments.js";
import { sealOperation, sealOwn } from "./sealing.js";
import { answer, reading, strictly, StoreFull, StoreUnavailable } from "./store.js";

export const APP_VERSION = "1";

/** How an operation stands. Only a terminal answer of the server ends "waiting". */
export const State = Object.freeze({
  WAITING: "waiting",
  HELD: "held",
  APPLIED: "applied",
  REJECTED: "rejected",
  CONFLICT: "conflict",
  PARKED: "parked",
});

const TERMINAL = new Set([State.APPLIED, State.REJECTED, State.CONFLICT, State.PARKED]);
export const JOURNAL_DAYS = 30;

/**
 * Save a gesture. Resolves once it is on the disk; rejects, leaving everything as it was, otherwise.
 *
 * @param {Phone} phone
 * @param {Gesture} gesture
 * @returns {Promise<Entry>}
 */
export function save(phone, gesture) {
  // One writer at a time, so that ranks stay contiguous across tabs; the transaction checks it again.
  return navigator.locks.request(`carnet-write-${phone.device}`, async () => {
    for (;;) {
      const rank = await nextRank(phone.database);
      const entry = await sealed(phone, gesture, rank);
      if (await stored(phone.database, entry, gesture)) return entry;
    }
  });
}

/** @param {IDBDatabase} database @returns {Promise<number>} */
async function nextRank(database) {
  return (await reading(database, ["meta"], ({ meta }) => answer(meta.get("next_seq")))) ?? 1;
}

/** @param {Phone} phone @param {Gesture} gesture @param {number} seq @returns {Promise<Entry>} */
async function sealed(phone, gesture, seq) {
  const moment = new Date();
  const media = (gesture.media ?? []).map(({ sealed: _bytes, ...facts }) => facts);
  const content = {
    id: uuid7(),
    schema: gesture.schema,
    organisation: phone.organisation,
    actor: phone.member,
    device: phone.device,
    seq,
    entity: gesture.entity,
    after: gesture.after ?? null,
    replaces: gesture.replaces ?? null,
    base_version: gesture.base_version ?? null,
    payload: gesture.payload,
    form_version: gesture.form_version ?? "1",
    app_version: APP_VERSION,
    captured_at: withOffset(moment),
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    clock_offset_ms: phone.offset,
    media,
  };
  const envelope = await sealOperation(content, phone.keys);
  return {
    id: content.id,
    seq,
    entity_id: gesture.entity.id,
    schema: gesture.schema,
    state: State.WAITING,
    pending: 1,
    saved_at: moment.getTime(),
    envelope,
  };
}

/**
 * @param {IDBDatabase} database @param {Entry} entry @param {Gesture} gesture
 * @returns {Promise<boolean>} false when another tab took the rank meanwhile
 */
function stored(database, entry, gesture) {
  return strictly(database, ["meta", "operations", "media", "drafts"], async ({ meta, operations, media, drafts }) => {
    if (((await answer(meta.get("next_seq"))) ?? 1) !== entry.seq) return false;
    await answer(operations.add(entry));
    for (const { sealed, ...facts } of gesture.media ?? []) {
      await answer(media.put({ ...facts, operation: entry.id, sealed, sent: 0, done: false }));
    }
    if (gesture.replaces) await mark(operations, gesture.replaces, { replaced_by: entry.id });
    if (gesture.draft) await answer(drafts.delete(gesture.draft));
    if (gesture.round !== undefined) await answer(meta.put(gesture.round, "round"));
    await answer(meta.put(entry.seq + 1, "next_seq"));
    return true;
  });
}

/** @param {IDBObjectStore} operations @param {string} id @param {object} changes */
async function mark(operations, id, changes) {
  const known = await answer(operations.get(id));
  if (known) await answer(operations.put({ ...known, ...changes }));
}

/** Everything kept on this phone, the latest first. @param {IDBDatabase} database @returns {Promise<Entry[]>} */
export async function entries(database) {
  const all = await reading(database, ["operations"], ({ operations }) => answer(operations.index("seq").getAll()));
  return all.reverse();
}

/** What still has to leave, in order. @param {IDBDatabase} database @param {number} [most] @returns {Promise<Entry[]>} */
export function waiting(database, most = 50) {
  return reading(database, ["operations"], async ({ operations }) => {
    const pending = /** @type {Entry[]} */ (await answer(operations.index("pending").getAll(1)));
    return pending.sort((one, other) => one.seq - other.seq).slice(0, most);
  });
}

/** @param {IDBDatabase} database @returns {Promise<{waiting: number, issued: number, acknowledged: number}>} */
export function counts(database) {
  return reading(database, ["operations", "meta"], async ({ operations, meta }) => ({
    waiting: await answer(operations.index("pending").count(1)),
    issued: ((await answer(meta.get("next_seq"))) ?? 1) - 1,
    acknowledged: (await answer(meta.get("acknowledged"))) ?? 0,
  }));
}

/**
 * Write down what the server answered, in one transaction. An answer that says nothing of an operation leaves it waiting.
 *
 * @param {IDBDatabase} database
 * @param {CryptoKey} own public half: the server's words about a form are sealed like the form
 * @param {{id: string, status: string, at?: string, version?: number, reason?: string, errors?: object, conflict?: string}[]} results
 * @param {{acknowledged?: number}} facts
 */
export async function answered(database, own, results, facts) {
  const notes = new Map();
  for (const result of results) {
    const words = result.errors ?? (result.conflict ? { conflict: result.conflict } : null);
    if (words) notes.set(result.id, await sealOwn(words, own, `note|${result.id}`));
  }
  await strictly(database, ["operations", "meta"], async ({ operations, meta }) => {
    for (const result of results) {
      const known = /** @type {Entry | undefined} */ (await answer(operations.get(result.id)));
      if (!known) continue;
      const state = result.status === "duplicate" ? State.APPLIED : result.status;
      if (!TERMINAL.has(state) && state !== State.HELD) continue;
      await answer(
        operations.put({
          ...known,
          state,
          // What the server holds is still ours to send again if it were to forget it.
          pending: 0,
          answered_at: Date.now(),
          version: result.version ?? known.version,
          reason: result.reason ?? "",
          note: notes.get(result.id) ?? known.note,
        }),
      );
    }
    if (facts.acknowledged !== undefined) await answer(meta.put(facts.acknowledged, "acknowledged"));
  });
}

/** Send again from a rank: the server knows less than it did (a restored backup). @param {IDBDatabase} database @param {number} from */
export function replay(database, from) {
  return strictly(database, ["operations"], async ({ operations }) => {
    for (const entry of await answer(operations.index("seq").getAll(IDBKeyRange.lowerBound(from)))) {
      if (entry.pending) continue;
      await answer(operations.put({ ...entry, pending: 1, state: State.WAITING }));
    }
  });
}

/** Forget what was transmitted more than thirty days ago; what waits, or asks for a decision, never. @param {IDBDatabase} database */
export function forgetOld(database) {
  const limit = Date.now() - JOURNAL_DAYS * 86_400_000;
  return strictly(database, ["operations", "media"], async ({ operations, media }) => {
    for (const entry of /** @type {Entry[]} */ (await answer(operations.getAll()))) {
      const done = entry.state === State.APPLIED || entry.replaced_by;
      if (done && !entry.pending && (entry.answered_at ?? Date.now()) < limit) await answer(operations.delete(entry.id));
    }
    for (const photo of await answer(media.getAll())) if (photo.done) await answer(media.delete(photo.sha256));
  });
}

export { StoreFull, StoreUnavailable };
