/* Shapes of the notebook's scripts, for the type checker alone. They stand apart from the scripts, whose references
   to one another in comments would read as circular imports when static files are given their hashed names. */

interface Person { organisation: string; member: string }
interface Known extends Person { name: string; device: string; used_at: number }
interface Wrapped { by: "passphrase" | "prf"; salt: string; box: string; rounds?: number; credential?: string }
interface Binding { organisation: string; actor: string; device: string; seq: number; id: string }
interface Envelope extends Binding {
  v: 1; entity_id: string; key_id: string; eph: string; org: string; own: string; iv: string; ct: string; sha256: string; sig: string;
}
interface Sealed { eph: string; key: string; box: string }

interface Photo { slot: string; sha256: string; bytes: number; mime: string; key: string; iv: string; sealed?: Blob }
interface KeptPhoto extends Photo { sealed: Blob; operation: string; done: boolean; broken?: boolean }

/** What a gesture asks to be saved. */
interface Gesture {
  schema: string;
  entity: { type: string; id: string };
  payload: Record<string, unknown>;
  after?: string | null;
  replaces?: string | null;
  base_version?: number | null;
  form_version?: string;
  media?: Photo[];
  draft?: string;
  round?: unknown;
}

/** An operation as it lies on the phone. */
interface Entry {
  id: string; seq: number; entity_id: string; schema: string; state: string; pending: 0 | 1; saved_at: number; envelope: Envelope;
  answered_at?: number; version?: number; reason?: string; note?: Sealed; replaced_by?: string;
}

/** What the server says of one operation. */
interface Result {
  id: string; status: string; at?: string; version?: number; reason?: string; errors?: Record<string, string[]>; conflict?: string;
}

interface SenderState { sending: boolean; stopped: string; at: number }
type Phone = import("./static/notebook/phone.js").Phone;
type Sender = import("./static/notebook/sender.js").Sender;

/** What each view is given. */
interface App {
  phone: Phone;
  sender: Sender;
  settings: { member: string; api: string; me: string; worker: string; version: string; cards: any[] };
  saved: (words: string) => Promise<void>;
  redraw: () => Promise<void>;
}
