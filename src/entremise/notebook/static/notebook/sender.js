/* One sender for the whole phone. It believes only an answer that is ours: a captive portal says 200 too. */

import { answered, counts, forgetOld, replay, waiting } from "./operations.js";
import { readingPublic } from "./sealing.js";
import { answer, known, open, reading, strictly } from "./store.js";

export const MARKER = "entremise-sync/1";
const MOST = 50;
const HEAVIEST = 256 * 1024;
const PIECE = 1024 * 1024;
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 300_000;
const TIMEOUT = 45_000;

/** Why nothing leaves; the words are in words.js. */
export const Stopped = Object.freeze({
  OFFLINE: "offline",
  SIGNED_OUT: "signed_out",
  NOT_OURS: "not_ours",
  BUSY: "busy",
  SERVER: "server",
});

class Pause extends Error {
  /** @param {string} why @param {number} [wait] milliseconds the server asked for */
  constructor(why, wait = 0) {
    super(why);
    this.why = why;
    this.wait = wait;
  }
}

/**
 * @param {string} address @param {RequestInit} options
 * @returns {Promise<any>} the JSON of an answer of ours; Pause for anything else
 */
async function asked(address, options) {
  let response;
  try {
    const signal = AbortSignal.timeout(TIMEOUT);
    response = await fetch(address, { credentials: "same-origin", redirect: "manual", cache: "no-store", signal, ...options });
  } catch {
    throw new Pause(Stopped.OFFLINE);
  }
  const isJson = (response.headers.get("content-type") ?? "").startsWith("application/json");
  let body = null;
  try {
    body = isJson ? await response.json() : null;
  } catch {
    throw new Pause(Stopped.NOT_OURS); // cut on the way
  }
  const after = Number(response.headers.get("retry-after")) * 1000 || 0;
  if (response.status === 413) throw new Pause("too_large");
  if (response.status === 429 || response.status === 503) throw new Pause(Stopped.BUSY, after);
  if (body?.marker !== MARKER) throw new Pause(response.status >= 500 ? Stopped.SERVER : Stopped.NOT_OURS, after);
  if (response.status === 401 || response.status === 403) throw new Pause(Stopped.SIGNED_OUT);
  if (!response.ok) throw new Pause(Stopped.SERVER, after);
  return body;
}

export class Sender {
  /**
   * @param {{base: string, sender: string, organisation: string, member: string,
   *   onChange: (state: SenderState) => void, offset: (ms: number) => void, enrolAgain: () => Promise<void>,
   *   wipe: (device: string) => void}} options
   */
  constructor(options) {
    this.options = options;
    this.failures = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.state = /** @type {SenderState} */ ({ sending: false, stopped: "", at: 0 });
    addEventListener("online", () => this.soon(0));
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.soon(0));
  }

  /** Send after a while; an earlier call wins. @param {number} wait */
  soon(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.drain(), wait);
  }

  /** Send all that waits, unless another tab is already at it. */
  async drain() {
    await navigator.locks.request("carnet-send", { ifAvailable: true }, async (lock) => {
      if (!lock) return;
      this.told({ sending: true });
      try {
        await this.everything();
        this.failures = 0;
        this.told({ sending: false, stopped: "", at: Date.now() });
      } catch (error) {
        if (!(error instanceof Pause)) console.error("carnet", error instanceof Error ? error.name : "error");
        const pause = error instanceof Pause ? error : new Pause(Stopped.SERVER);
        this.failures += 1;
        this.told({ sending: false, stopped: pause.why });
        this.soon(Math.max(pause.wait, backoff(this.failures)));
      }
    });
  }

  /** @param {Partial<SenderState>} change */
  told(change) {
    this.state = { ...this.state, ...change };
    this.options.onChange(this.state);
  }

  async everything() {
    const before = Date.now();
    const hello = await asked(`${this.options.base}hello`, { method: "GET" });
    this.options.offset(Date.parse(hello.now) - (before + Date.now()) / 2);
    if (hello.member === this.options.member && !(this.options.sender in hello.devices)) await this.options.enrolAgain();
    for (const one of await known()) {
      if (one.organisation !== this.options.organisation) continue;
      const database = await open(one.name);
      try {
        await this.all(database, one.device, hello);
        await this.media(database, hello);
        await forgetOld(database);
      } finally {
        database.close();
      }
    }
  }

  /** @param {IDBDatabase} database @param {string} device @param {any} hello */
  async all(database, device, hello) {
    const own = await readingPublic(await reading(database, ["meta"], ({ meta }) => answer(meta.get("own_public"))));
    let most = MOST;
    /** @type {string[]} */
    let seen = [];
    for (;;) {
      const batch = light(await waiting(database, most));
      const facts = await counts(database);
      const result = await this.post(device, batch, facts, hello, seen).catch((error) => {
        if (!(error instanceof Pause) || error.why !== "too_large" || batch.length <= 1) throw error;
        most = Math.max(1, Math.floor(batch.length / 2));
        return null;
      });
      if (!result) continue;
      const device_facts = result.devices?.[device] ?? {};
      if (device_facts.unknown) throw new Pause(Stopped.SERVER); // its own member enrols it again
      await answered(database, own, result.results, device_facts);
      // Later news of what the server held: repeated until we say that we have read them.
      await answered(database, own, result.updates ?? [], {});
      seen = (result.updates ?? []).map((/** @type {{id: string}} */ one) => one.id);
      await strictly(database, ["meta"], ({ meta }) => answer(meta.put({ at: Date.now(), epoch: result.epoch }, "contact")));
      if (device_facts.replay_from) await replay(database, device_facts.replay_from);
      if (device_facts.wipe && !(await counts(database)).waiting) return this.options.wipe(device);
      const settled = new Set(result.results.map((/** @type {{id: string}} */ one) => one.id));
      if (batch.some((entry) => !settled.has(entry.id))) throw new Pause(Stopped.SERVER); // not a word of some: later
      if (!seen.length && (!batch.length || (!device_facts.replay_from && batch.length < most))) return;
    }
  }

  /**
   * @param {string} device @param {Entry[]} batch
   * @param {{waiting: number, issued: number, acknowledged: number}} facts @param {any} hello
   * @param {string[]} seen updates already written down
   */
  async post(device, batch, facts, hello, seen) {
    const name = crypto.randomUUID();
    const estimate = await navigator.storage?.estimate?.();
    const body = JSON.stringify({
      v: 1,
      batch: name,
      sender: this.options.sender,
      device,
      epoch: hello.epoch,
      seen,
      known: { [device]: facts.acknowledged },
      health: {
        waiting: facts.waiting,
        issued: facts.issued,
        persisted: (await navigator.storage?.persisted?.()) ?? false,
        usage: estimate?.usage ?? 0,
        quota: estimate?.quota ?? 0,
        version: hello.version,
      },
      ops: batch.map((entry) => entry.envelope),
    });
    const headers = { "Content-Type": "application/json", "X-CSRFToken": hello.csrf };
    const result = await asked(`${this.options.base}batches`, { method: "POST", headers, body });
    if (result.batch !== name || !Array.isArray(result.results)) throw new Pause(Stopped.NOT_OURS);
    return result;
  }

  /** Photos leave by pieces of one megabyte, from where the server has got to. @param {IDBDatabase} database @param {any} hello */
  async media(database, hello) {
    const all = await reading(database, ["media"], ({ media }) => answer(media.getAll()));
    for (const photo of all.filter((/** @type {{done: boolean}} */ one) => !one.done)) {
      const address = `${this.options.base}media/${photo.sha256}`;
      let at = (await asked(address, { method: "GET" })).received ?? 0;
      while (at < photo.sealed.size) {
        const headers = { "Content-Type": "application/octet-stream", "X-CSRFToken": hello.csrf };
        const body = photo.sealed.slice(at, at + PIECE);
        const total = photo.sealed.size;
        const options = { method: "PUT", headers, body };
        at = (await asked(`${address}?offset=${at}&total=${total}`, options)).received;
      }
      await strictly(database, ["media"], ({ media }) => answer(media.put({ ...photo, done: true })));
    }
  }
}

/** As many as fit in a batch; one alone may be heavier. @param {Entry[]} entries */
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
