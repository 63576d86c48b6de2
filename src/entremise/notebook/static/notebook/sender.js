/* One sender for the whole phone. Nothing is taken off what waits but by an answer of ours that names it. */

import { answered, counts, forgetOld, photosWaiting, waiting } from "./operations.js";
import { sha256 } from "./bytes.js";
import { readingPublic } from "./sealing.js";
import { answer, known, reading, reopen, StoreFull, StoreUnavailable, strictly } from "./store.js";
import { asked, LONGEST_WAIT, Pause, Stopped } from "./wire.js";

const MOST = 50;
const HEAVIEST = 256 * 1024;
const PIECE = 1024 * 1024;
const SMALLEST_PIECE = 64 * 1024;
const FIRST_WAIT = 1000;
/** What concerns one notebook or one photo: the others still leave. */
const PARTICULAR = new Set([Stopped.SERVER, Stopped.REFUSED, Stopped.TOO_LARGE]);

export class Sender {
  /**
   * @param {{base: string, sender: string, organisation: string, member: string, version: string,
   *   onChange: (state: SenderState) => void, offset: (ms: number) => void, enrolAgain: () => Promise<void>,
   *   wipe: (one: Known) => Promise<void>}} options
   */
  constructor(options) {
    this.options = options;
    this.failures = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.due = 0;
    this.notBefore = 0;
    this.state = /** @type {SenderState} */ ({ sending: false, stopped: "", at: 0 });
    addEventListener("online", () => this.soon(0));
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.soon(0));
  }

  /** Send after a while; an earlier call wins, and the server's own wait is kept.
   *  @param {number} wait */
  soon(wait) {
    const due = Math.max(performance.now() + wait, this.notBefore);
    if (this.timer !== undefined && this.due <= due) return;
    clearTimeout(this.timer);
    this.due = due;
    this.timer = setTimeout(() => this.drain(), due - performance.now());
  }

  /** Never again: this notebook has been wiped. */
  stop() {
    this.notBefore = Infinity;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Send all that waits, unless another tab is already at it. */
  async drain() {
    if (this.notBefore === Infinity) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    await navigator.locks.request("carnet-send", { ifAvailable: true }, async (lock) => {
      // Whoever is sending may already have passed what was saved since.
      if (!lock) return this.soon(FIRST_WAIT);
      this.told({ sending: true });
      try {
        await this.everything();
        this.failures = 0;
        this.told({ sending: false, stopped: "", at: Date.now() });
      } catch (error) {
        const pause = asPause(error);
        this.failures += 1;
        this.told({ sending: false, stopped: pause.why });
        if (pause.wait) this.notBefore = performance.now() + pause.wait;
        this.soon(backoff(this.failures));
      }
    });
  }

  /** @param {Partial<SenderState>} change */
  told(change) {
    this.state = { ...this.state, ...change };
    this.options.onChange(this.state);
  }

  async everything() {
    try {
      await this.once();
    } catch (error) {
      if (!(error instanceof Pause) || error.why !== Stopped.STALE_TOKEN) throw error;
      await this.once(); // someone has just signed in: the token is asked for again
    }
  }

  async once() {
    const { base, sender, organisation, member } = this.options;
    const before = Date.now();
    const hello = await asked(`${base}hello`, { method: "GET" });
    this.options.offset(Date.parse(hello.now) - (before + Date.now()) / 2);
    if (hello.organisation !== organisation) throw new Pause(Stopped.ELSEWHERE);
    if (hello.member === member && !(sender in hello.devices)) await this.options.enrolAgain();
    const all = (await known()).filter((one) => one.organisation === organisation);
    all.sort((one, other) => Number(other.device === sender) - Number(one.device === sender));
    await eachOnItsOwn(all, (one) => this.notebook(one, hello));
  }

  /** What one member wrote on this phone, whoever is signed in.
   *  @param {Known} one @param {any} hello */
  async notebook(one, hello) {
    const database = await reopen(one.name);
    let wipe = false;
    try {
      wipe = await this.operations(database, one.device, hello);
      await this.media(database, hello);
      await forgetOld(database, Date.parse(hello.now));
    } finally {
      database.close();
    }
    if (wipe) await this.options.wipe(one);
  }

  /** @param {IDBDatabase} database @param {string} device @param {any} hello @returns {Promise<boolean>} told to wipe */
  async operations(database, device, hello) {
    const own = await readingPublic(await reading(database, ["meta"], ({ meta }) => answer(meta.get("own_public"))));
    let most = MOST;
    let why = "";
    const passed = new Set(); // nothing was said of them: the others still leave
    const read = new Set();
    /** @type {string[]} */
    let seen = [];
    for (;;) {
      const pending = (await waiting(database, MOST + passed.size + 1)).filter((entry) => !passed.has(entry.id));
      const batch = light(pending.slice(0, most));
      const result = await this.post(database, device, batch, hello, seen).catch((error) => {
        if (!(error instanceof Pause) || error.why !== Stopped.TOO_LARGE || !batch.length) throw error;
        return null;
      });
      if (!result && batch.length > 1) most = Math.floor(batch.length / 2);
      if (!result && batch.length === 1) passed.add(batch[0].id), (why = Stopped.TOO_LARGE);
      if (!result) continue;
      const facts = result.devices?.[device] ?? {};
      if (facts.unknown) throw new Pause(Stopped.SERVER); // its own member enrols it again
      const updates = /** @type {Result[]} */ (result.updates ?? []);
      const contact = { at: Date.parse(result.now), epoch: result.epoch };
      const left = await answered(database, own, [...result.results, ...updates], facts, contact);
      if (left.size) this.failures = 0; // the line carries: the next cut waits a second, not the sum of the former ones
      for (const entry of batch) if (!left.has(entry.id)) passed.add(entry.id), (why ||= Stopped.SERVER);
      seen = updates.map((one) => one.id);
      const isNews = seen.some((id) => !read.has(id));
      for (const id of seen) read.add(id);
      if (pending.length > batch.length || facts.replay_from || isNews) continue;
      if (why) throw new Pause(why);
      return Boolean(facts.wipe) && !(await counts(database)).waiting;
    }
  }

  /**
   * @param {IDBDatabase} database @param {string} device @param {Entry[]} batch @param {any} hello
   * @param {string[]} seen updates already written down
   */
  async post(database, device, batch, hello, seen) {
    const name = crypto.randomUUID();
    const facts = await counts(database);
    const estimate = await navigator.storage?.estimate?.();
    const body = JSON.stringify({
      v: 1,
      batch: name,
      sender: this.options.sender,
      device,
      epoch: facts.epoch ?? hello.epoch, // that of our last contact: another one means a restored server
      seen,
      known: { [device]: facts.acknowledged },
      health: {
        waiting: facts.waiting,
        issued: facts.issued,
        media: (await photosWaiting(database)).length,
        persisted: (await navigator.storage?.persisted?.()) ?? false,
        usage: estimate?.usage ?? 0,
        quota: estimate?.quota ?? 0,
        version: this.options.version,
      },
      ops: batch.map((entry) => entry.envelope),
    });
    const headers = { "Content-Type": "application/json", "X-CSRFToken": hello.csrf };
    const result = await asked(`${this.options.base}batches`, { method: "POST", headers, body });
    if (result.batch !== name || !Array.isArray(result.results)) throw new Pause(Stopped.NOT_OURS);
    return result;
  }

  /** @param {IDBDatabase} database @param {any} hello */
  async media(database, hello) {
    await eachOnItsOwn(await photosWaiting(database), (photo) => this.photo(database, photo, hello));
  }

  /** A photo leaves by pieces of one megabyte, from where the server has got to.
   *  @param {IDBDatabase} database @param {KeptPhoto} photo @param {any} hello */
  async photo(database, photo, hello) {
    const bytes = await whole(photo);
    if (bytes) await this.pieces(photo, bytes, hello);
    // Unreadable, or no longer what was sealed: the server shows the place where it is missing.
    const state = bytes ? { done: true } : { broken: true };
    await strictly(database, ["media"], ({ media }) => answer(media.put({ ...photo, ...state })));
  }

  /** @param {KeptPhoto} photo @param {Uint8Array} bytes @param {any} hello */
  async pieces(photo, bytes, hello) {
    const address = `${this.options.base}media/${photo.sha256}`;
    const headers = { "Content-Type": "application/octet-stream", "X-CSRFToken": hello.csrf };
    let piece = PIECE;
    let at = (await asked(address, { method: "GET" })).received ?? 0;
    while (at < bytes.length) {
      const options = { method: "PUT", headers, body: bytes.slice(at, at + piece) };
      try {
        const { received } = await asked(`${address}?offset=${at}&total=${bytes.length}`, options);
        if (!(received > at)) throw new Pause(Stopped.SERVER); // it starts again from nothing: later, not at once
        at = received;
      } catch (error) {
        if (!(error instanceof Pause) || error.why !== Stopped.TOO_LARGE || piece <= SMALLEST_PIECE) throw error;
        piece /= 2;
      }
    }
  }
}

/**
 * One that fails for a reason of its own does not keep the others; a network or a session that stops stops all.
 *
 * @template T
 * @param {T[]} all @param {(one: T) => Promise<void>} work
 */
async function eachOnItsOwn(all, work) {
  /** @type {unknown[]} */
  const faults = [];
  for (const one of all) {
    try {
      await work(one);
    } catch (error) {
      if (error instanceof Pause && !PARTICULAR.has(error.why)) throw error;
      faults.push(error);
    }
  }
  if (faults.length) throw faults[0];
}

/** @param {unknown} error @returns {Pause} */
function asPause(error) {
  if (error instanceof Pause) return error;
  if (error instanceof StoreFull || error instanceof StoreUnavailable) return new Pause(Stopped.STORE);
  console.error("carnet", error instanceof Error ? error.name : "error");
  return new Pause(Stopped.SERVER);
}

/** The sealed bytes, null when the phone no longer has them as they were.
 *  @param {KeptPhoto} photo */
async function whole(photo) {
  try {
    const bytes = new Uint8Array(await photo.sealed.arrayBuffer());
    return (await sha256(bytes)) === photo.sha256 ? bytes : null;
  } catch {
    return null;
  }
}

/** As many as fit in a batch; one alone may be heavier.
 *  @param {Entry[]} entries */
function light(entries) {
  let weight = 0;
  return entries.filter((entry, index) => {
    weight += entry.envelope.ct.length + 700;
    return index === 0 || weight <= HEAVIEST;
  });
}

/** One second, doubling up to five minutes, each time a little different so that phones do not come back together. */
export function backoff(/** @type {number} */ failures, chance = Math.random) {
  return Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(failures - 1, 12)) * (0.5 + chance() / 2);
}
