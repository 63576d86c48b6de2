/* Forms left in the middle: sealed at each gesture, found again, never written over, gone once they are saved. */

import { openOwn, sealOwn } from "./sealing.js";
import { answer, reading, strictly } from "./store.js";

export class Drafts {
  /** @param {IDBDatabase} database @param {CryptoKey} own public half: keeping never asks for anything */
  constructor(database, own) {
    this.database = database;
    this.own = own;
    this.turns = 0;
    /** @type {Map<string, number>} the turn of the copy on the disk */
    this.written = new Map();
    /** @type {Set<string>} saved as operations: a copy that arrives after them does not bring them back */
    this.ended = new Set();
    this.held = "";
    this.release = () => {};
  }

  /** @param {string} form @returns {string} the key of a new draft */
  begin(form) {
    const key = `${form}|${crypto.randomUUID()}`;
    this.claim(key);
    return key;
  }

  /**
   * Keep what is typed. An older copy that is sealed last does not win, whatever the clock has done meanwhile.
   *
   * @param {string} key @param {unknown} values
   */
  async keep(key, values) {
    const turn = ++this.turns;
    const row = { at: Date.now(), sealed: await sealOwn(values, this.own, `draft|${key}`) };
    await strictly(this.database, ["drafts"], async ({ drafts }) => {
      await answer(drafts.getKey(key)); // what comes before in the store has now been decided
      if (this.ended.has(key) || (this.written.get(key) ?? 0) > turn) return;
      await answer(drafts.put(row, key));
      this.written.set(key, turn);
    });
  }

  /**
   * The latest draft of a form that no other tab is writing, and take it.
   *
   * @param {string} form @param {CryptoKey} own private half
   * @returns {Promise<{key: string, values: any} | null>}
   */
  async latest(form, own) {
    const range = IDBKeyRange.bound(`${form}|`, `${form}|\uffff`);
    const [keys, rows] = await reading(this.database, ["drafts"], async ({ drafts }) => [
      /** @type {string[]} */ (await answer(drafts.getAllKeys(range))),
      await answer(drafts.getAll(range)),
    ]);
    const found = keys.map((key, index) => ({ key, row: rows[index] })).sort((one, other) => other.row.at - one.row.at);
    for (const { key, row } of found) {
      if (await this.claim(key)) return { key, values: await openOwn(row.sealed, own, `draft|${key}`) };
    }
    return null;
  }

  /** One tab writes a draft at a time; a tab that dies lets go of its own.
   *  @param {string} key @returns {Promise<boolean>} */
  claim(key) {
    if (key === this.held) return Promise.resolve(true);
    this.release();
    return new Promise((resolve) => {
      navigator.locks.request(`carnet-draft-${key}`, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        if (!lock) return undefined;
        this.held = key;
        return new Promise((free) => {
          this.release = () => {
            this.held = "";
            this.release = () => {};
            free(null);
          };
        });
      });
    });
  }
}
