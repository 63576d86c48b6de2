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

const KNOWN_ANSWERS = new Set([State.APPLIED, "duplicate", State.REJECTED, State.CONFLICT, State.PARKED, State.HELD]);
export const JOURNAL_DAYS = 30;
/** @type {Set<string>} */
const ASKING = new Set([State.REJECTED, State.CONFLICT]);
/** @type {WeakMap<IDBDatabase, {count: Promise<number>, at: number}>} */
const DECISIONS = new WeakMap();

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
      if (!(await written(phone, entry, gesture))) continue;
      if (gesture.replaces) DECISIONS.delete(phone.database);
      return entry;
    }
  });
}

/** @param {Phone} phone @param {Entry} entry @param {Gesture} gesture @returns {Promise<boolean>} */
async function written(phone, entry, gesture) {
  const draft = gesture.draft ?? "";
  try {
    return await stored(phone, entry, gesture);
  } catch (error) {
    phone.drafts.ended.delete(draft); // the words are still on the screen: they are kept again
    if (!(error instanceof StoreFull) || !(await makeRoom(phone.database))) throw error;
    return stored(phone, entry, gesture);
  }
}

/** Photos that have reached the server are the first to go.
 *  @param {IDBDatabase} database @returns {Promise<boolean>} whether some went */
function makeRoom(database) {
  return strictly(database, ["media"], async ({ media }) => {
    const sent = (await answer(media.getAll())).filter((/** @type {{done: boolean}} */ photo) => photo.done);
    for (const photo of sent) await answer(media.delete(photo.sha256));
    return sent.length > 0;
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
 * @param {Phone} phone @param {Entry} entry @param {Gesture} gesture
 * @returns {Promise<boolean>} false when another tab took the rank meanwhile
 */
function stored(phone, entry, gesture) {
  return strictly(phone.database, ["meta", "operations", "media", "drafts"], async ({ meta, operations, media, drafts }) => {
    if (((await answer(meta.get("next_seq"))) ?? 1) !== entry.seq) return false;
    await answer(operations.add(entry));
    for (const { sealed, ...facts } of gesture.media ?? []) {
      if (!sealed) continue; // said again by a correction: its bytes lie here already, or have left
      await answer(media.put({ ...facts, operation: entry.id, sealed, sent: 0, done: false }));
    }
    if (gesture.replaces) await mark(operations, gesture.replaces, { replaced_by: entry.id });
    if (gesture.draft) {
      await answer(drafts.delete(gesture.draft));
      phone.drafts.ended.add(gesture.draft);
    }
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

/** Everything kept on this phone, the latest first.
 *  @param {IDBDatabase} database @returns {Promise<Entry[]>} */
export async function entries(database) {
  const all = await reading(database, ["operations"], ({ operations }) => answer(operations.index("seq").getAll()));
  return all.reverse();
}

/**
 * How many entries ask for a decision. Reading thirty days of them costs a slow phone more than a +1, so the count is kept
 * until an answer or a correction changes it, ten seconds at most: another tab may have received the answer.
 *
 * @param {IDBDatabase} database
 * @returns {Promise<number>}
 */
export function toDecide(database) {
  const known = DECISIONS.get(database);
  if (known && Math.abs(Date.now() - known.at) < 10_000) return known.count;
  const count = entries(database).then((all) => all.filter((one) => ASKING.has(one.state) && !one.replaced_by).length);
  DECISIONS.set(database, { count, at: Date.now() });
  count.catch(() => DECISIONS.delete(database));
  return count;
}

/** What still has to leave, in order.
 *  @param {IDBDatabase} database @param {number} [most] @returns {Promise<Entry[]>} */
export function waiting(database, most = 50) {
  return reading(database, ["operations"], async ({ operations }) => {
    const pending = /** @type {Entry[]} */ (await answer(operations.index("pending").getAll(1)));
    return pending.sort((one, other) => one.seq - other.seq).slice(0, most);
  });
}

/**
 * What this phone says of itself.
 *
 * @param {IDBDatabase} database
 * @returns {Promise<{waiting: number, issued: number, acknowledged: number, epoch: string | undefined}>}
 */
export function counts(database) {
  return reading(database, ["operations", "meta"], async ({ operations, meta }) => ({
    epoch: (await answer(meta.get("contact")))?.epoch,
    waiting: await answer(operations.index("pending").count(1)),
    issued: ((await answer(meta.get("next_seq"))) ?? 1) - 1,
    acknowledged: (await answer(meta.get("acknowledged"))) ?? 0,
  }));
}

/** Photos that still have to leave.
 *  @param {IDBDatabase} database @returns {Promise<KeptPhoto[]>} */
export async function photosWaiting(database) {
  const all = /** @type {KeptPhoto[]} */ (await reading(database, ["media"], ({ media }) => answer(media.getAll())));
  return all.filter((photo) => !photo.done && !photo.broken);
}

/**
 * Write down what the server answered, in one transaction: a tab killed here has read all of it or nothing. An answer that
 * says nothing of an operation leaves it waiting.
 *
 * @param {IDBDatabase} database
 * @param {CryptoKey} own public half: the server's words about a form are sealed like the form
 * @param {Result[]} results
 * @param {{acknowledged?: number, replay_from?: number | null}} facts
 * @param {{at: number, epoch: string}} contact the server's hour and epoch
 * @returns {Promise<Set<string>>} the operations that have left
 */
export async function answered(database, own, results, facts, contact) {
  const ours = results.filter((one) => typeof one?.id === "string" && KNOWN_ANSWERS.has(one.status));
  const notes = new Map();
  for (const result of ours) {
    const words = result.errors ?? (result.conflict ? { conflict: result.conflict } : null);
    if (words) notes.set(result.id, await sealOwn(words, own, `note|${result.id}`));
  }
  const left = await strictly(database, ["operations", "media", "meta"], async ({ operations, media, meta }) => {
    for (const result of ours) {
      await mark(operations, result.id, {
        state: result.status === "duplicate" ? State.APPLIED : result.status,
        // What the server holds is still ours to send again if it were to forget it.
        pending: 0,
        answered_at: contact.at,
        ...(result.version ? { version: result.version } : {}),
        reason: result.reason ?? "",
        ...(notes.has(result.id) ? { note: notes.get(result.id) } : {}),
      });
    }
    if (facts.acknowledged !== undefined) await answer(meta.put(facts.acknowledged, "acknowledged"));
    await answer(meta.put(contact, "contact"));
    if (facts.replay_from) await replay(operations, media, facts.replay_from);
    return new Set(ours.map((one) => one.id));
  });
  DECISIONS.delete(database);
  return left;
}

/**
 * Send again from a rank, photos too: the server knows less than it did (a restored backup).
 *
 * @param {IDBObjectStore} operations @param {IDBObjectStore} media @param {number} from
 */
async function replay(operations, media, from) {
  const again = new Set();
  for (const entry of /** @type {Entry[]} */ (await answer(operations.index("seq").getAll(IDBKeyRange.lowerBound(from))))) {
    again.add(entry.id);
    if (!entry.pending) await answer(operations.put({ ...entry, pending: 1, state: State.WAITING }));
  }
  for (const photo of await answer(media.getAll())) {
    if (photo.done && again.has(photo.operation)) await answer(media.put({ ...photo, done: false }));
  }
}

/**
 * Forget what was transmitted more than thirty days ago; what waits, or asks for a decision, never.
 *
 * @param {IDBDatabase} database @param {number} now the server's hour: a phone whose clock jumps ahead keeps its journal
 */
export function forgetOld(database, now) {
  const limit = now - JOURNAL_DAYS * 86_400_000;
  return strictly(database, ["operations", "media"], async ({ operations, media }) => {
    const kept = new Set();
    for (const entry of /** @type {Entry[]} */ (await answer(operations.getAll()))) {
      const done = entry.state === State.APPLIED || entry.replaced_by;
      if (done && !entry.pending && (entry.answered_at ?? now) < limit) await answer(operations.delete(entry.id));
      else kept.add(entry.id);
    }
    for (const photo of await answer(media.getAll())) {
      if (photo.done && !kept.has(photo.operation)) await answer(media.delete(photo.sha256));
    }
  });
}

export { StoreFull, StoreUnavailable };
