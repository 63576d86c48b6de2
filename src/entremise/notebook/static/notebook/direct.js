/* What must leave now or not at all: an alert, a timer. Never queued: a queue would say « sent » of what is not. */

const MARKER = "entremise-securite/1";
const BASE = "/api/securite/";
const PATIENCE = 8000; // after that, a voice is faster

/** Nothing came back that is ours: for all this phone knows, nothing left. */
export class NotSent extends Error {}

/** The server answered, and refuses. */
export class Refusal extends Error {}

/** @param {string} path @param {RequestInit} [options] @returns {Promise<any>} */
async function asked(path, options = {}) {
  let response, body;
  try {
    const signal = /** @type {any} */ (AbortSignal).timeout(PATIENCE);
    response = await fetch(BASE + path, { credentials: "same-origin", redirect: "manual", cache: "no-store", signal, ...options });
    body = await response.json();
  } catch {
    throw new NotSent();
  }
  if (body?.marker !== MARKER) throw new NotSent();
  if (response.status === 422) throw new Refusal(body.errors.join(" "));
  if (!response.ok) throw new NotSent();
  return body;
}

/** @param {string} path */
export const ask = (path) => asked(path);

/** @param {string} path @param {object} facts */
export async function send(path, facts) {
  const { csrf } = await asked("etat");
  const headers = { "Content-Type": "application/json", "X-CSRFToken": csrf };
  return asked(path, { method: "POST", headers, body: JSON.stringify(facts) });
}
