/* Bytes and text. Everything that travels is base64url without padding; everything hashed is canonical JSON. */

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

/** @param {string} text @returns {Uint8Array} */
export const utf8 = (text) => encoder.encode(text);

/** @param {BufferSource} bytes @returns {string} */
export const text = (bytes) => decoder.decode(bytes);

/** @param {ArrayBuffer | Uint8Array} bytes @returns {string} */
export function base64(bytes) {
  const view = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  let raw = "";
  for (let at = 0; at < view.length; at += 0x8000) raw += String.fromCharCode(...view.subarray(at, at + 0x8000));
  return btoa(raw).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** @param {string} encoded @returns {Uint8Array} */
export function unbase64(encoded) {
  const raw = atob(encoded.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(raw, (sign) => sign.charCodeAt(0));
}

/** @param {...Uint8Array} parts @returns {Uint8Array} */
export function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** @param {number} size @returns {Uint8Array} */
export const random = (size) => crypto.getRandomValues(new Uint8Array(size));

/** SHA-256 in hexadecimal.
 *  @param {Uint8Array} bytes @returns {Promise<string>} */
export async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** JSON with sorted keys and no blank, so that the same content always gives the same bytes. */
export function canonical(/** @type {unknown} */ value) {
  return JSON.stringify(sorted(value));
}

/** @param {any} value @returns {any} */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
}
