/* The database of one member on one phone. Upgrades only add: what waits is never deleted nor made again.
 *
 * Nothing readable lies here: operations, drafts and the mirror are sealed before they come in (sealing.js). */

export const VERSION = 1;
const INDEX = "entremise-carnet";
const BLOCKED = 5000;

/** The name tells neither who nor where.
 *  @param {string} organisation @param {string} member */
export const databaseName = (organisation, member) => `${INDEX}-${organisation}-${member}`;

export class StoreUnavailable extends Error {}
export class StoreFull extends Error {}

/** Connections that were lost (a phone that slept, a newer tab), and the one that took over.
 *  @type {WeakMap<IDBDatabase, IDBDatabase>} */
const successors = new WeakMap();
/** Databases told to go: nobody makes them again by using them.
 *  @type {Set<string>} */
const forgotten = new Set();

/**
 * The member's database, made the first time. A store that a newer version of the notebook has made is read all the same:
 * upgrades only add.
 *
 * @param {string} name
 * @returns {Promise<IDBDatabase>}
 */
export async function open(name) {
  forgotten.delete(name);
  try {
    return await connect(name, VERSION, upgrade);
  } catch (error) {
    if (error instanceof StoreUnavailable && error.message === "VersionError") return connect(name, undefined, upgrade);
    throw error;
  }
}

/** A database that must be there already: StoreUnavailable when it was evicted.
 *  @param {string} name @returns {Promise<IDBDatabase>} */
export function reopen(name) {
  if (forgotten.has(name)) return Promise.reject(new StoreUnavailable("wiped"));
  return connect(name, undefined, (_database, from, transaction) => from === 0 && transaction.abort());
}

/**
 * @param {string} name @param {number | undefined} version the one on the disk when undefined
 * @param {(database: IDBDatabase, from: number, transaction: IDBTransaction) => void} make
 * @returns {Promise<IDBDatabase>}
 */
function connect(name, version, make) {
  return new Promise((resolve, reject) => {
    /** @type {IDBOpenDBRequest} */
    let asked;
    try {
      asked = indexedDB.open(name, version);
    } catch (error) {
      reject(new StoreUnavailable(String(error)));
      return;
    }
    let late = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let patience;
    asked.onupgradeneeded = (event) => make(asked.result, event.oldVersion, /** @type {IDBTransaction} */ (asked.transaction));
    asked.onblocked = () => {
      patience = setTimeout(() => {
        late = true;
        reject(new StoreUnavailable("blocked"));
      }, BLOCKED);
    };
    asked.onerror = () => reject(new StoreUnavailable(asked.error?.name ?? "unknown"));
    asked.onsuccess = () => {
      clearTimeout(patience);
      const database = asked.result;
      database.onversionchange = () => database.close(); // a newer tab must not wait for this one
      if (late) database.close();
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
async function transact(database, stores, mode, work) {
  let current = database;
  for (let next = successors.get(current); next; next = successors.get(current)) current = next;
  try {
    return await carried(current, begun(current, stores, mode), stores, work);
  } catch (error) {
    if (!(error instanceof Closed)) throw error;
  }
  const fresh = await reopen(current.name);
  successors.set(current, fresh);
  return carried(fresh, begun(fresh, stores, mode), stores, work);
}

/** The connection was lost before anything was asked of it. */
class Closed extends StoreUnavailable {}

/** @param {IDBDatabase} database @param {string[]} stores @param {IDBTransactionMode} mode */
function begun(database, stores, mode) {
  try {
    return database.transaction(stores, mode, { durability: "strict" });
  } catch (error) {
    const closed = error instanceof DOMException && error.name === "InvalidStateError";
    throw closed ? new Closed(error.name) : new StoreUnavailable(String(error));
  }
}

/**
 * @template T
 * @param {IDBDatabase} database
 * @param {IDBTransaction} transaction
 * @param {string[]} stores
 * @param {(stores: Record<string, IDBObjectStore>, abort: (reason: Error) => void) => T | Promise<T>} work
 * @returns {Promise<T>}
 */
function carried(database, transaction, stores, work) {
  return new Promise((resolve, reject) => {
    /** @type {Error | undefined} */
    let reason;
    /** @type {T} */
    let result;
    const abort = (/** @type {Error} */ why) => {
      reason ??= why instanceof DOMException ? failure(why) : why;
      try {
        transaction.abort();
      } catch {
        // it has ended by itself: the reason is enough
      }
    };
    transaction.oncomplete = () => resolve(result);
    transaction.onabort = () => {
      // "Connection lost" after a sleep: the next transaction opens another one.
      if (transaction.error?.name === "UnknownError") database.close();
      reject(reason ?? failure(transaction.error));
    };
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

/** Every member's database on this phone: whoever is signed in may carry what waits, since it is signed.
 *  @returns {Promise<Known[]>} */
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

/** Delete a member's notebook from this phone.
 *  @param {string} name */
export async function forget(name) {
  forgotten.add(name);
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
  return connect(INDEX, 1, (database) => database.createObjectStore("known", { keyPath: "name" }));
}
