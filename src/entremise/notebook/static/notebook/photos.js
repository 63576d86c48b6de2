/* Photos: drawn again on the phone, so that what a camera hides in them (place, hour, model) stays behind; then sealed. */

import { base64, random, sha256 } from "./bytes.js";

const LARGEST = 1600;
const QUALITY = 0.8;

/** A photo that this phone cannot draw: empty, of a format it does not know, or gone since it was chosen. */
export class PhotoUnreadable extends Error {}

/** @param {File} file @param {number} index @returns {Promise<Photo>} */
export async function sealPhoto(file, index) {
  const clean = new Uint8Array(await (await redrawn(file)).arrayBuffer());
  const secret = random(32);
  const iv = random(12);
  const key = await crypto.subtle.importKey("raw", secret, "AES-GCM", false, ["encrypt"]);
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, clean));
  return {
    slot: `photo-${index + 1}`,
    sha256: await sha256(sealed),
    bytes: sealed.length,
    mime: "image/jpeg",
    key: base64(secret),
    iv: base64(iv),
    sealed: new Blob([sealed]),
  };
}

/** @param {File} file @returns {Promise<Blob>} a JPEG made of the pixels alone */
async function redrawn(file) {
  const how = /** @type {ImageBitmapOptions} */ ({ imageOrientation: /** @type {unknown} */ ("from-image") });
  const picture = await createImageBitmap(file, how).catch(() => {
    throw new PhotoUnreadable(file.name);
  });
  const scale = Math.min(1, LARGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new PhotoUnreadable())), "image/jpeg", QUALITY);
  });
}
