/* The reading key of a phone: its private half is wrapped by the phone's own lock (WebAuthn PRF) or by a passphrase,
 * opened when its owner asks to read, and forgotten after five minutes without a gesture. Writing never needs it. */

import { base64, random, unbase64, utf8 } from "./bytes.js";
import { boxed, unboxed } from "./sealing.js";

export const PASSPHRASE_SIGNS = 10;
export const IDLE = 5 * 60 * 1000;
const ROUNDS = 600_000;
const PLACE = "entremise-reading-key/1";
const CURVE = { name: "ECDH", namedCurve: "P-256" };

/** @param {string} passphrase */
export const isLongEnough = (passphrase) => [...passphrase.trim()].length >= PASSPHRASE_SIGNS;

/** @param {string} passphrase @param {Uint8Array} salt @param {number} rounds */
async function stretched(passphrase, salt, rounds) {
  const typed = await crypto.subtle.importKey("raw", utf8(passphrase.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return crypto.subtle.deriveKey(how, typed, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** @param {ArrayBuffer} secret what the phone's own lock gives for a salt @param {Uint8Array} salt */
async function fromLock(secret, salt) {
  const shared = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt, info: utf8(PLACE) };
  return crypto.subtle.deriveKey(how, shared, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** @param {CryptoKey} reading extractable private half @param {string} passphrase @returns {Promise<Wrapped>} */
export async function wrapByPassphrase(reading, passphrase) {
  const salt = random(16);
  const clear = new Uint8Array(await crypto.subtle.exportKey("pkcs8", reading));
  const box = await boxed(await stretched(passphrase, salt, ROUNDS), clear, PLACE);
  return { by: "passphrase", salt: base64(salt), box: base64(box), rounds: ROUNDS };
}

/**
 * Wrap by the phone's own lock. Gives null when the phone cannot: the passphrase is then asked for.
 *
 * @param {CryptoKey} reading @param {string} label what the phone shows; never a name of a resident
 * @returns {Promise<Wrapped | null>}
 */
export async function wrapByLock(reading, label) {
  if (!globalThis.PublicKeyCredential || !navigator.credentials) return null;
  const salt = random(32);
  try {
    const made = /** @type {PublicKeyCredential | null} */ (
      await navigator.credentials.create({
        publicKey: {
          challenge: random(32),
          rp: { name: "Entremise" },
          user: { id: random(16), name: label, displayName: label },
          pubKeyCredParams: [{ type: "public-key", alg: -7 }],
          authenticatorSelection: { authenticatorAttachment: "platform", userVerification: "required" },
          extensions: /** @type {any} */ ({ prf: { eval: { first: salt } } }),
        },
      })
    );
    if (!made || !(/** @type {any} */ (made.getClientExtensionResults()).prf?.enabled)) return null;
    const secret = await askLock(made.rawId, salt);
    if (!secret) return null;
    const clear = new Uint8Array(await crypto.subtle.exportKey("pkcs8", reading));
    const box = await boxed(await fromLock(secret, salt), clear, PLACE);
    return { by: "prf", salt: base64(salt), box: base64(box), credential: base64(made.rawId) };
  } catch {
    return null; // refused or unknown to this phone
  }
}

/** @param {BufferSource} credential @param {Uint8Array} salt @returns {Promise<ArrayBuffer | null>} */
async function askLock(credential, salt) {
  const found = /** @type {PublicKeyCredential | null} */ (
    await navigator.credentials.get({
      publicKey: {
        challenge: random(32),
        allowCredentials: [{ type: "public-key", id: credential }],
        userVerification: "required",
        extensions: /** @type {any} */ ({ prf: { eval: { first: salt } } }),
      },
    })
  );
  return /** @type {any} */ (found?.getClientExtensionResults())?.prf?.results?.first ?? null;
}

export class WrongPassphrase extends Error {}

/**
 * The private half, not extractable; WrongPassphrase when it does not open.
 *
 * @param {Wrapped} wrapped @param {string} [passphrase]
 */
export async function unwrap(wrapped, passphrase = "") {
  const salt = unbase64(wrapped.salt);
  let opening;
  if (wrapped.by === "prf") {
    const secret = await askLock(unbase64(wrapped.credential ?? ""), salt);
    if (!secret) throw new WrongPassphrase();
    opening = await fromLock(secret, salt);
  } else {
    opening = await stretched(passphrase, salt, wrapped.rounds ?? ROUNDS);
  }
  try {
    const clear = await unboxed(opening, unbase64(wrapped.box), PLACE);
    return await crypto.subtle.importKey("pkcs8", clear, CURVE, false, ["deriveBits"]);
  } catch {
    throw new WrongPassphrase();
  }
}

/** The opened reading key of this page, forgotten when nobody touches it for five minutes. */
export class Lock {
  /** @param {() => void} onLock called when it closes */
  constructor(onLock) {
    this.onLock = onLock;
    /** @type {CryptoKey | null} */
    this.key = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.touched = 0;
    for (const gesture of ["pointerdown", "keydown"]) {
      addEventListener(gesture, () => this.touch(), { passive: true, capture: true });
    }
    // A phone that sleeps stops its timers: the hour says how long it was left.
    document.addEventListener("visibilitychange", () => this.wake());
  }

  /** @param {CryptoKey} key */
  open(key) {
    this.key = key;
    this.touched = Date.now();
    this.touch();
  }

  /** Close if nobody has touched it for too long.
   *  @returns {boolean} whether it is still open */
  wake() {
    if (this.key && Math.abs(Date.now() - this.touched) >= IDLE) this.close();
    return this.key !== null;
  }

  touch() {
    if (!this.key || !this.wake()) return;
    this.touched = Date.now();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.close(), IDLE);
  }

  close() {
    clearTimeout(this.timer);
    if (!this.key) return;
    this.key = null;
    this.onLock();
  }
}
