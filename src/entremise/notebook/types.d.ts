/* Shapes of the notebook's scripts, for the type checker alone. They stand apart from the scripts, whose references
   to one another in comments would read as circular imports when static files are given their hashed names. */

type Binding = { organisation: string; actor: string; device: string; seq: number; id: string };
type Envelope = Binding & {
  v: 1; entity_id: string; key_id: string; eph: string; org: string; own: string; iv: string; ct: string;
  sha256: string; sig: string;
};
type Photo = { slot: string; sha256: string; bytes: number; mime: string; key: string; iv: string; sealed?: Blob };
type Entry = {
  id: string; seq: number; entity_id: string; schema: string; state: string; pending: number; saved_at: number;
  envelope: Envelope; sent_at?: number; answered_at?: number; note?: any; version?: number; reason?: string;
  replaced_by?: string;
};
type Gesture = {
  schema: string; entity: { type: string; id: string }; payload: object; base_version?: number | null;
  after?: string | null; replaces?: string | null; form_version?: string; media?: Photo[]; draft?: string;
  round?: object | null;
};
type Known = { name: string; organisation: string; member: string; device: string; used_at?: number };
type Person = { organisation: string; member: string };
type Wrapped = { by: "passphrase" | "prf"; salt: string; box: string; rounds?: number; credential?: string };
type SenderState = { sending: boolean; stopped: string; at: number };
type Keys = { organisationKey: CryptoKey; organisationKeyId: string; ownKey: CryptoKey; signing: CryptoKey };
type App = {
  phone: any; sender: any; settings: any; saved: (words: string) => Promise<void>; redraw: () => Promise<void>;
};
