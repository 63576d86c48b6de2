/* Where words stand, in words. */

import { State } from "./operations.js";
import { Stopped } from "./wire.js";

const hour = new Intl.DateTimeFormat("fr-FR", { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("fr-FR", { weekday: "long", day: "numeric", month: "long" });

/** @param {number | string | Date} moment */
export const clock = (moment) => hour.format(new Date(moment));
/** @param {number | string | Date} moment */
export const date = (moment) => day.format(new Date(moment));

/** The state of an entry: a kind of mark and its words.
 *  @param {Entry} entry */
export function standing(entry) {
  if (entry.replaced_by && entry.state !== State.APPLIED) return { kind: "neutral", words: "Corrigé depuis" };
  switch (entry.state) {
    case State.APPLIED:
      if (entry.reason === "media") return { kind: "wait", words: "Transmis, photo pas encore arrivée" };
      return { kind: "ok", words: `Transmis à ${clock(entry.answered_at ?? entry.saved_at)}${entry.replaced_by ? ", corrigé depuis" : ""}` };
    case State.REJECTED:
      return { kind: "bad", words: "À corriger" };
    case State.CONFLICT:
      return { kind: "wait", words: "À comparer" };
    case State.PARKED:
      return { kind: "wait", words: "Mis de côté par le serveur" };
    case State.HELD:
      return { kind: "wait", words: "Reçu, attend la suite" };
    default:
      return { kind: "wait", words: "Enregistré sur ce téléphone" };
  }
}

const WHY = {
  [Stopped.OFFLINE]: "Pas de réseau. L’envoi reprendra seul.",
  [Stopped.SIGNED_OUT]: "Votre session est fermée. Reconnectez-vous : rien n’est perdu.",
  [Stopped.SECOND_FACTOR]: "Votre session attend son second facteur. Reconnectez-vous : rien n’est perdu.",
  [Stopped.NOT_ALLOWED]: "Ce compte ne peut plus envoyer. Parlez-en à votre encadrement : ce qui attend reste ici.",
  [Stopped.ELSEWHERE]: "La session ouverte est d’une autre organisation. Ce qui attend reste ici, jusqu’à une session de la vôtre.",
  [Stopped.NOT_OURS]: "Ce réseau répond à la place d’Entremise (page d’accueil d’un Wi-Fi ?). Rien n’est parti, rien n’est perdu.",
  [Stopped.BUSY]: "Le serveur demande d’attendre un peu.",
  [Stopped.SERVER]: "Le serveur n’a pas pu répondre. Nouvel essai bientôt.",
  [Stopped.STALE_TOKEN]: "La session vient de changer. Nouvel essai bientôt.",
  [Stopped.TOO_LARGE]: "Ce réseau refuse les envois de cette taille. Nouvel essai bientôt.",
  [Stopped.STORE]: "Ce téléphone n’a pas pu noter la réponse du serveur. Libérez de la place : nouvel essai bientôt.",
  [Stopped.REFUSED]: "Le serveur n’a pas pu lire cet envoi. Tout reste ici ; signalez-le à votre encadrement.",
};

/** @param {number} waiting @param {{sending: boolean, stopped: string, at: number}} sending */
export function transmission(waiting, sending) {
  if (waiting && sending.sending) return { kind: "wait", words: `${waiting} en cours d’envoi` };
  if (waiting) return { kind: "wait", words: `${waiting} en attente` };
  if (sending.stopped === Stopped.SIGNED_OUT || sending.stopped === Stopped.SECOND_FACTOR) return { kind: "wait", words: "Session fermée" };
  if (sending.stopped) return { kind: "neutral", words: "Hors ligne" };
  return { kind: "ok", words: sending.at ? `À jour, ${clock(sending.at)}` : "À jour" };
}

/** @param {string} stopped */
export const whyStopped = (stopped) => WHY[/** @type {keyof typeof WHY} */ (stopped)] ?? "";

const KINDS = {
  "round.open/1": "Tournée commencée",
  "round.join/1": "Tournée rejointe",
  "round.close/1": "Tournée terminée",
  "stop.arrive/1": "Arrivée à un lieu",
  "stop.atmosphere/1": "Ambiance",
  "stop.reception/1": "Accueil reçu",
  "tally.add/1": "Contact",
  "observation.record/1": "Observation",
  "defect.report/1": "Signalement technique",
  "instruction.leave/1": "Consigne",
  "instruction.acknowledge/1": "Consigne lue",
  "call.note/1": "Appel",
  "act.record/1": "Intervention",
  "act.correct/1": "Intervention corrigée",
};

/** @param {string} schema */
export const kindOf = (schema) => KINDS[/** @type {keyof typeof KINDS} */ (schema)] ?? "Entrée";
