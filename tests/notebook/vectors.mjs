// Reads the protocol's vectors on its input; seals, opens and signs with the notebook's own script; prints what it found.
import { readFileSync } from "node:fs";

const folder = new URL("../../src/entremise/notebook/static/notebook/", import.meta.url);
const { canonical, base64, unbase64 } = await import(new URL("bytes.js", folder));
const sealing = await import(new URL("sealing.js", folder));
const { keys, cases } = JSON.parse(readFileSync(0, "utf8"));

const ECDH = { name: "ECDH", namedCurve: "P-256" };
const ECDSA = { name: "ECDSA", namedCurve: "P-256" };
const reading = await crypto.subtle.importKey("jwk", keys.own.private_jwk, ECDH, false, ["deriveBits"]);
const signing = await crypto.subtle.importKey("jwk", keys.signer.private_jwk, ECDSA, false, ["sign"]);
const organisationKey = await sealing.readingPublic(keys.organisation.public);
const ownKey = await sealing.readingPublic(keys.own.public);

const found = [];
for (const one of cases) {
  const organisationKeyId = one.envelope.key_id;
  const fresh = await sealing.sealOperation(one.content, { organisationKey, organisationKeyId, ownKey, signing });
  found.push({
    canonical: canonical(one.content),
    associated: sealing.associated(one.content),
    opened: await sealing.openOperation(one.envelope, reading),
    fresh,
    bytes: base64(unbase64(one.envelope.ct)),
  });
}
process.stdout.write(JSON.stringify(found));
