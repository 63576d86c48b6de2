/* UUIDv7 (RFC 9562 §5.7) that never goes back: a clock set back must not make two operations look the same age. */

import { random } from "./bytes.js";

let latest = 0;

/** @param {() => number} [clock] milliseconds @returns {string} */
export function uuid7(clock = Date.now) {
  latest = Math.max(latest, clock());
  const bytes = random(16);
  for (let index = 0; index < 6; index++) bytes[index] = Math.floor(latest / 2 ** (8 * (5 - index))) % 256;
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
