/* Sealing (docs/adr/0009): a content key for each operation, wrapped for the organisation and for the phone's own
 * reading key; associated data bind it to its organisation, actor, device, rank and identifier. */

import { base64, canonical, joined, random, sha256, text, unbase64, utf8 } from "./bytes.js";

const CURVE = { name: "ECDH", namedCurve: "P-256" };
const SIGNATURE = { name: "ECDSA", namedCurve: "P-256" };
const SIGNING = { name: "ECDSA", hash: "SHA-256" };
const MARK = "entremise-op/1";
const NOTHING = new Uint8Array(0);

/** @param {Binding} to @returns {string} */
export const associated = (to) => [MARK, to.organisation, to.actor, to.device, to.seq, to.id].join("|");

/** @param {string} raw base64url of an uncompressed point @returns {Promise<CryptoKey>} */
export const readingPublic = (raw) => crypto.subtle.importKey("raw", unbase64(raw), CURVE, true, []);

/**
 * @param {CryptoKey} mine @param {CryptoKey} theirs @param {string} use
 * @returns {Promise<CryptoKey>} the key that wraps a content key
 */
async function agreed(mine, theirs, use) {
  const bits = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, mine, 256);
  const shared = await crypto.subtle.importKey("raw", bits, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: NOTHING, info: utf8(`${MARK}/${use}`) };
  return crypto.subtle.deriveKey(how, shared, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** @param {CryptoKey} key @param {Uint8Array} clear @param {string} bound @returns {Promise<Uint8Array>} iv, then the rest */
export async function boxed(key, clear, bound) {
  const iv = random(12);
  const how = { name: "AES-GCM", iv, additionalData: utf8(bound) };
  return joined(iv, new Uint8Array(await crypto.subtle.encrypt(how, key, clear)));
}

/** @param {CryptoKey} key @param {Uint8Array} box @param {string} bound @returns {Promise<Uint8Array>} */
export async function unboxed(key, box, bound) {
  const how = { name: "AES-GCM", iv: box.subarray(0, 12), additionalData: utf8(bound) };
  return new Uint8Array(await crypto.subtle.decrypt(how, key, box.subarray(12)));
}

/** @param {Uint8Array} raw @returns {Promise<CryptoKey>} */
export const contentKey = (raw) => crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);

/**
 * Seal an operation for the organisation and for the phone, and sign it.
 *
 * @param {Binding & {entity: {id: string}}} content the whole operation
 * @param {{organisationKey: CryptoKey, organisationKeyId: string, ownKey: CryptoKey, signing: CryptoKey}} keys
 * @returns {Promise<Envelope>}
 */
export async function sealOperation(content, keys) {
  const bound = associated(content);
  const secret = random(32);
  const ephemeral = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
  const [organisation, own, box, eph] = await Promise.all([
    agreed(ephemeral.privateKey, keys.organisationKey, "org").then((key) => boxed(key, secret, bound)),
    agreed(ephemeral.privateKey, keys.ownKey, "own").then((key) => boxed(key, secret, bound)),
    contentKey(secret).then((key) => boxed(key, utf8(canonical(content)), bound)),
    crypto.subtle.exportKey("raw", ephemeral.publicKey),
  ]);
  const digest = await sha256(box);
  const signed = utf8([bound, content.entity.id, digest].join("|"));
  const sig = await crypto.subtle.sign(SIGNING, keys.signing, signed);
  const { id, organisation: owner, actor, device, seq } = content;
  return {
    v: 1,
    id,
    organisation: owner,
    actor,
    device,
    seq,
    entity_id: content.entity.id,
    key_id: keys.organisationKeyId,
    eph: base64(eph),
    org: base64(organisation),
    own: base64(own),
    iv: base64(box.subarray(0, 12)),
    ct: base64(box.subarray(12)),
    sha256: digest,
    sig: base64(sig),
  };
}

/**
 * The operation of an envelope, for the member who unlocked their reading key.
 *
 * @param {Envelope} envelope @param {CryptoKey} reading the private half
 */
export async function openOperation(envelope, reading) {
  const bound = associated(envelope);
  const wrapping = await agreed(reading, await readingPublic(envelope.eph), "own");
  const secret = await unboxed(wrapping, unbase64(envelope.own), bound);
  const box = joined(unbase64(envelope.iv), unbase64(envelope.ct));
  return JSON.parse(text(await unboxed(await contentKey(secret), box, bound)));
}

/**
 * Seal something for this phone alone (a draft, the mirror): writing needs the public half only.
 *
 * @param {unknown} value @param {CryptoKey} own public half @param {string} place what it is bound to
 * @returns {Promise<{eph: string, key: string, box: string}>}
 */
export async function sealOwn(value, own, place) {
  const secret = random(32);
  const ephemeral = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
  const wrapping = await agreed(ephemeral.privateKey, own, "own");
  return {
    eph: base64(await crypto.subtle.exportKey("raw", ephemeral.publicKey)),
    key: base64(await boxed(wrapping, secret, place)),
    box: base64(await boxed(await contentKey(secret), utf8(JSON.stringify(value)), place)),
  };
}

/**
 * @param {{eph: string, key: string, box: string}} sealed @param {CryptoKey} reading private half @param {string} place
 * @returns {Promise<any>}
 */
export async function openOwn(sealed, reading, place) {
  const wrapping = await agreed(reading, await readingPublic(sealed.eph), "own");
  const secret = await unboxed(wrapping, unbase64(sealed.key), place);
  return JSON.parse(text(await unboxed(await contentKey(secret), unbase64(sealed.box), place)));
}

/** A signing pair whose private half never leaves the browser, and a reading pair still to be wrapped. */
export async function newPairs() {
  const [signing, reading] = await Promise.all([
    crypto.subtle.generateKey(SIGNATURE, false, ["sign", "verify"]),
    crypto.subtle.generateKey(CURVE, true, ["deriveBits"]),
  ]);
  return { signing, reading };
}

/** @param {CryptoKey} key public half @returns {Promise<string>} */
export const publicBytes = async (key) => base64(await crypto.subtle.exportKey("raw", key));
