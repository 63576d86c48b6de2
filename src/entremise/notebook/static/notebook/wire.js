/* What the server says, and nothing else: a captive portal answers 200 too, a proxy answers with pages. */

export const MARKER = "entremise-sync/1";
export const LONGEST_WAIT = 300_000;
const TIMEOUT = 45_000;

/** Why nothing leaves; the words are in words.js. */
export const Stopped = Object.freeze({
  OFFLINE: "offline",
  SIGNED_OUT: "signed_out",
  SECOND_FACTOR: "second_factor",
  NOT_ALLOWED: "not_allowed",
  ELSEWHERE: "elsewhere",
  NOT_OURS: "not_ours",
  BUSY: "busy",
  SERVER: "server",
  STALE_TOKEN: "csrf",
  TOO_LARGE: "too_large",
  REFUSED: "refused",
  STORE: "store",
});

/** Nothing was taken in: what waits is kept, and tried again. */
export class Pause extends Error {
  /** @param {string} why one of Stopped @param {number} [wait] milliseconds the server asked for @param {any} [body] */
  constructor(why, wait = 0, body = null) {
    super(why);
    this.why = why;
    this.wait = wait;
    this.body = body;
  }
}

/**
 * @param {string} address @param {RequestInit} options
 * @returns {Promise<any>} the JSON of an answer of ours; Pause for anything else
 */
export async function asked(address, options) {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), TIMEOUT);
  const how = /** @type {RequestInit} */ ({ credentials: "same-origin", redirect: "manual", cache: "no-store", signal: late.signal });
  let response, body;
  try {
    response = await fetch(address, { ...how, ...options });
    body = await readBody(response);
  } catch {
    throw new Pause(Stopped.OFFLINE);
  } finally {
    clearTimeout(timer);
  }
  const wait = retryAfter(response.headers.get("retry-after"));
  if (response.status === 413) throw new Pause(Stopped.TOO_LARGE, wait);
  if (response.status === 429 || response.status === 503) throw new Pause(Stopped.BUSY, wait);
  if (body?.marker !== MARKER) throw new Pause(isServerFault(response.status) ? Stopped.SERVER : Stopped.NOT_OURS, wait);
  if (!response.ok) throw new Pause(refusal(response.status, body.error), wait, body);
  return body;
}

/** @param {Response} response @returns {Promise<any>} */
async function readBody(response) {
  if (!(response.headers.get("content-type") ?? "").startsWith("application/json")) return null;
  try {
    return await response.json();
  } catch {
    return null; // cut on the way
  }
}

/** 511 is a Wi-Fi that wants its welcome page read, not a server in trouble.
 *  @param {number} status */
const isServerFault = (status) => status >= 500 && status !== 511;

/** @param {number} status @param {string | undefined} code @returns {string} */
function refusal(status, code) {
  if (code === "csrf") return Stopped.STALE_TOKEN;
  if (code === "second_factor") return Stopped.SECOND_FACTOR;
  if (status === 401) return Stopped.SIGNED_OUT;
  if (status === 403) return Stopped.NOT_ALLOWED;
  return status >= 500 ? Stopped.SERVER : Stopped.REFUSED;
}

/** Seconds or a date; never more than five minutes, since any box on the way may have written it.
 *  @param {string | null} said */
export function retryAfter(said) {
  if (!said) return 0;
  const seconds = Number(said);
  const wait = Number.isNaN(seconds) ? Date.parse(said) - Date.now() : seconds * 1000;
  return Math.min(Math.max(wait || 0, 0), LONGEST_WAIT);
}
