// Stops this page just before the nth call of anything a save awaits, and once its transaction has ended.
(() => {
  if (!isSecureContext) return; // a blank page has nothing to save
  let left = 0;
  window.killAt = (point) => (left = point);
  const point = () => {
    if (left && --left === 0) debugger;
  };
  const watch = (kind, names) => {
    for (const name of names) {
      const real = kind.prototype[name];
      kind.prototype[name] = function (...all) {
        point();
        return real.apply(this, all);
      };
    }
  };
  watch(SubtleCrypto, ["generateKey", "importKey", "exportKey", "deriveKey", "deriveBits", "encrypt", "digest", "sign"]);
  watch(IDBObjectStore, ["add", "put", "delete", "get", "getKey", "getAll", "openCursor"]);
  watch(LockManager, ["request"]);
  const ask = window.fetch;
  window.fetch = (...all) => {
    point();
    return ask(...all);
  };
  const begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...all) {
    point();
    const transaction = begin.apply(this, all);
    transaction.addEventListener("complete", point);
    return transaction;
  };
})();
