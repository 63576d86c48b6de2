/* This phone for one member: its database, its keys, its place at the server. */

import { Drafts } from "./drafts.js";
import { Lock, unwrap, wrapByLock, wrapByPassphrase } from "./keys.js";
import { newPairs, openOwn, publicBytes, readingPublic, sealOwn } from "./sealing.js";
import { answer, databaseName, forget, known, open, reading, remember, strictly } from "./store.js";
import { asked } from "./wire.js";

const MIRROR_DAYS = 7;

/** This phone has no lock of its own that could keep a key. */
export class NoLock extends Error {}

/** Who is signed in, or null without network.
 *  @param {string} address @returns {Promise<Person | null>} */
export async function whoIsSignedIn(address) {
  let response;
  try {
    response = await fetch(address, { credentials: "same-origin", redirect: "manual", cache: "no-store" });
    if (!response.ok || !(response.headers.get("content-type") ?? "").startsWith("application/json")) return null;
    return await response.json();
  } catch {
    return null;
  }
}

/** The notebook used last on this phone.
 *  @returns {Promise<Person | null>} */
export async function lastPerson() {
  const all = await known();
  all.sort((one, other) => (other.used_at ?? 0) - (one.used_at ?? 0));
  return all.length ? { organisation: all[0].organisation, member: all[0].member } : null;
}

/** Parts of the mirror as they were opened: a +1 does not open them again. They go with the key when the phone locks.
 *  @type {WeakMap<CryptoKey, Map<string, {hash: string, part: Promise<any>}>>} */
const OPENED = new WeakMap();

export class Phone {
  /** @param {Person} person @param {IDBDatabase} database @param {any} facts */
  constructor(person, database, facts) {
    this.organisation = person.organisation;
    this.member = person.member;
    this.database = database;
    this.device = facts.device;
    this.wrapped = facts.wrapped;
    this.keys = facts.keys;
    this.publics = { signing_public: facts.signing_public, reading_public: facts.own_public };
    this.offset = facts.offset ?? 0;
    this.isGone = false;
    this.drafts = new Drafts(database, facts.keys.ownKey);
    this.lock = new Lock(() => dispatchEvent(new Event("carnet-verrou")));
  }

  /** The phone of a member, null when it was never prepared.
   *  @param {Person} person @returns {Promise<Phone | null>} */
  static async find(person) {
    const database = await open(databaseName(person.organisation, person.member));
    const facts = await reading(database, ["meta"], ({ meta }) => answer(meta.get("phone")));
    if (!facts) {
      database.close();
      return null;
    }
    const offset = await reading(database, ["meta"], ({ meta }) => answer(meta.get("offset")));
    await remember({ name: database.name, ...person, device: facts.device, used_at: Date.now() });
    const keys = {
      organisationKey: await readingPublic(facts.organisation_key),
      organisationKeyId: facts.organisation_key_id,
      ownKey: await readingPublic(facts.own_public),
      signing: facts.signing,
    };
    return new Phone(person, database, { ...facts, keys, offset });
  }

  /**
   * Enrol this phone: needs the network once.
   *
   * @param {Person} person @param {string} base @param {{passphrase: string} | {lock: true}} how @param {string} name
   * @returns {Promise<Phone>}
   */
  static async prepare(person, base, how, name) {
    const { signing, reading: pair } = await newPairs();
    const wrapped =
      "lock" in how ? await wrapByLock(pair.privateKey, name) : await wrapByPassphrase(pair.privateKey, how.passphrase);
    if (!wrapped) throw new NoLock();
    const own_public = await publicBytes(pair.publicKey);
    const signing_public = await publicBytes(signing.publicKey);
    const enrolled = await enrol(base, { signing_public, reading_public: own_public, name });
    const facts = {
      device: enrolled.device,
      wrapped,
      own_public,
      signing_public,
      signing: signing.privateKey,
      organisation_key: enrolled.organisation_key,
      organisation_key_id: enrolled.organisation_key_id,
    };
    const database = await open(databaseName(person.organisation, person.member));
    await strictly(database, ["meta"], async ({ meta }) => {
      if (await answer(meta.get("phone"))) return; // prepared meanwhile in another tab: what it has written carries its keys
      await answer(meta.put(facts, "phone"));
      await answer(meta.put(own_public, "own_public"));
    });
    database.close();
    await navigator.storage?.persist?.();
    return /** @type {Phone} */ (await Phone.find(person));
  }

  /** The server has forgotten this phone (a restored backup): tell it again, under the same name and the same keys.
   *  @param {string} base */
  async enrolAgain(base) {
    await enrol(base, { ...this.publics, device: this.device });
  }

  /** Leave nothing: the server asked for it, and nothing waits. */
  async wipe() {
    const { name } = this.database;
    this.isGone = true;
    this.lock.close();
    this.database.close();
    await forget(name);
    for (const cache of await caches.keys()) if (cache.startsWith("carnet-")) await caches.delete(cache);
    await (await navigator.serviceWorker?.getRegistration("/carnet/"))?.unregister();
  }

  get isOpen() {
    return this.lock.key !== null;
  }

  /** @param {string} [passphrase] */
  async unlock(passphrase) {
    this.lock.open(await unwrap(this.wrapped, passphrase));
  }

  /** @param {number} milliseconds the server's clock less ours */
  async setOffset(milliseconds) {
    this.offset = Math.round(milliseconds);
    await strictly(this.database, ["meta"], ({ meta }) => answer(meta.put(this.offset, "offset")));
  }

  /** What the server lets this member keep, sealed as it comes.
   *  @param {string} base */
  async refreshMirror(base) {
    const held = await reading(this.database, ["mirror"], async ({ mirror }) => {
      const codes = /** @type {string[]} */ (await answer(mirror.getAllKeys()));
      const rows = await answer(mirror.getAll());
      return codes.map((code, index) => `${code}:${rows[index].hash}`);
    });
    const body = await asked(`${base}mirror?known=${encodeURIComponent(held.join(","))}`, { method: "GET" });
    const at = Date.now();
    /** @type {Map<string, any>} */
    const parts = new Map();
    for (const [code, part] of Object.entries(/** @type {Record<string, any>} */ (body.parts))) {
      parts.set(code, { hash: part.hash, at, sealed: await sealOwn(part.data, this.keys.ownKey, `mirror|${code}`) });
    }
    await strictly(this.database, ["mirror"], async ({ mirror }) => {
      for (const code of /** @type {string[]} */ (await answer(mirror.getAllKeys()))) {
        const row = await answer(mirror.get(code));
        if (body.codes.includes(code)) await answer(mirror.put({ ...row, at }, code));
        else await answer(mirror.delete(code));
      }
      for (const [code, row] of parts) await answer(mirror.put(row, code));
    });
  }

  /** A part of the mirror: undefined while locked, null when there is none.
   *  @param {string} code @returns {Promise<any>} */
  async mirror(code) {
    if (!this.lock.key) return undefined;
    const row = await reading(this.database, ["mirror"], ({ mirror }) => answer(mirror.get(code)));
    const { key } = this.lock;
    if (!row || !key) return row ? undefined : null;
    if (!OPENED.has(key)) OPENED.set(key, new Map());
    const opened = /** @type {Map<string, {hash: string, part: Promise<any>}>} */ (OPENED.get(key));
    if (opened.get(code)?.hash !== row.hash) opened.set(code, { hash: row.hash, part: openOwn(row.sealed, key, `mirror|${code}`) });
    return opened.get(code)?.part;
  }

  /** Forget the mirror after seven days without the server; a clock set back does not make it last. */
  async forgetOldMirror() {
    await strictly(this.database, ["mirror"], async ({ mirror }) => {
      for (const code of await answer(mirror.getAllKeys())) {
        const age = Math.abs(Date.now() - (await answer(mirror.get(code))).at);
        if (age > MIRROR_DAYS * 86_400_000) await answer(mirror.delete(code));
      }
    });
  }

  /** The latest draft of a form; undefined while locked.
   *  @param {string} form @returns {Promise<{key: string, values: any} | null | undefined>} */
  async draft(form) {
    return this.lock.key ? this.drafts.latest(form, this.lock.key) : undefined;
  }

  /** The round in hand: identifiers and counts alone, so that +1 never asks for anything. */
  round() {
    return reading(this.database, ["meta"], ({ meta }) => answer(meta.get("round")));
  }

  /** What this phone shows of the round, when no operation says it.
   *  @param {object} round */
  async setRound(round) {
    await strictly(this.database, ["meta"], ({ meta }) => answer(meta.put(round, "round")));
  }
}

/** @param {string} base @param {object} body */
async function enrol(base, body) {
  const hello = await asked(`${base}hello`, { method: "GET" });
  const headers = { "Content-Type": "application/json", "X-CSRFToken": hello.csrf };
  return asked(`${base}devices`, { method: "POST", headers, body: JSON.stringify(body) });
}
