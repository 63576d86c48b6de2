/* The database of one member on one phone. Upgrades only add: what waits is never deleted nor made again.
 *
 * Nothing readable lies here: operations, drafts and the mirror are sealed before they come in (sealing.js). */

export const VERSION = 1;
const INDEX = "entremise-carnet";

/** The name tells neither who nor where. @param {string} organisation @param {string} member */
export const databaseName = (organisation, member) => `${INDEX}-${organisation}-${member}`;

export class StoreUnavailable extends Error {}
export class StoreFull extends Error {}

/**
 * @param {string} name
 * @returns {Promise<IDBDatabase>}
 */
export function open(name) {
  return new Promise((resolve, reject) => {
    let asked;
    try {
      asked = indexedDB.open(name, VERSION);
    } catch (error) {
      reject(new StoreUnavailable(String(error)));
      return;
    }
    asked.onupgradeneeded = (event) => upgrade(asked.result, event.oldVersion);
    asked.onblocked = () => reject(new StoreUnavailable("another tab holds an older version"));
    asked.onerror = () => reject(new StoreUnavailable(asked.error?.name ?? "unknown"));
    asked.onsuccess = () => {
      const database = asked.result;
      database.onversionchange = () => database.close(); // a newer tab must not wait for this one
      resolve(database);
    };
  });
}

/** @param {IDBDatabase} database @param {number} from */
function upgrade(database, from) {
  if (from < 1) {
    database.createObjectStore("meta");
    database.createObjectStore("drafts");
    const operations = database.createObjectStore("operations", { keyPath: "id" });
    operations.createIndex("seq", "seq", { unique: true });
    operations.createIndex("pending", "pending");
    database.createObjectStore("media", { keyPath: "sha256" });
    database.createObjectStore("mirror");
  }
}

/**
 * One strict transaction over several stores: all of it is on the disk when the promise is kept, or none of it.
 * `work` may not await anything but requests of this transaction.
 *
 * @template T
 * @param {IDBDatabase} database
 * @param {string[]} stores
 * @param {(stores: Record<string, IDBObjectStore>, abort: (reason: Error) => void) => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export function strictly(database, stores, work) {
  return transact(database, stores, "readwrite", work);
}

/**
 * @template T
 * @param {IDBDatabase} database
 * @param {string[]} stores
 * @param {(stores: Record<string, IDBObjectStore>) => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export function reading(database, stores, work) {
  return transact(database, stores, "readonly", work);
}

/**
 * @template T
 * @param {IDBDatabase} database
 * @param {string[]} stores
 * @param {IDBTransactionMode} mode
 * @param {(stores: Record<string, IDBObjectStore>, abort: (reason: Error) => void) => T | Promise<T>} work
 * @returns {Promise<T>}
 */
function transact(database, stores, mode, work) {
  return new Promise((resolve, reject) => {
    /** @type {IDBTransaction} */
    let transaction;
    try {
      transaction = database.transaction(stores, mode, { durability: "strict" });
    } catch (error) {
      reject(new StoreUnavailable(String(error)));
      return;
    }
    /** @type {Error | undefined} */
    let reason;
    /** @type {T} */
    let result;
    const abort = (/** @type {Error} */ why) => {
      reason ??= why;
      try {
        transaction.abort();
      } catch {
        // it has ended by itself: the reason is enough
      }
    };
    transaction.oncomplete = () => resolve(result);
    transaction.onabort = () => reject(reason ?? failure(transaction.error));
    const opened = Object.fromEntries(stores.map((name) => [name, transaction.objectStore(name)]));
    Promise.resolve()
      .then(() => work(opened, abort))
      .then((value) => (result = value))
      .catch(abort);
  });
}

/** @param {DOMException | null} error */
function failure(error) {
  return error?.name === "QuotaExceededError" ? new StoreFull() : new StoreUnavailable(error?.name ?? "aborted");
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
export function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(failure(request.error));
  });
}

/** Every member's database on this phone: whoever is signed in may carry what waits, since it is signed. */
export async function known() {
  const database = await openIndex();
  try {
    return /** @type {Known[]} */ (await reading(database, ["known"], ({ known }) => answer(known.getAll())));
  } finally {
    database.close();
  }
}

/** @param {Known} entry */
export async function remember(entry) {
  const database = await openIndex();
  try {
    await strictly(database, ["known"], ({ known }) => answer(known.put(entry)));
  } finally {
    database.close();
  }
}

/** Delete a member's notebook from this phone. @param {string} name */
export async function forget(name) {
  await new Promise((resolve) => {
    const asked = indexedDB.deleteDatabase(name);
    asked.onsuccess = asked.onerror = asked.onblocked = () => resolve(null);
  });
  const database = await openIndex();
  try {
    await strictly(database, ["known"], ({ known }) => answer(known.delete(name)));
  } finally {
    database.close();
  }
}

/** @returns {Promise<IDBDatabase>} */
function openIndex() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(INDEX, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("known", { keyPath: "name" });
    asked.onerror = () => reject(new StoreUnavailable(asked.error?.name ?? "unknown"));
    asked.onsuccess = () => resolve(asked.result);
  });
}
