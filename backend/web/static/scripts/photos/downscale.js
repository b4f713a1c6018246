/** Make a photo small enough for a street's network: 1600 px on the long side, quality 0.8, Exif kept. */
import { insertExif, readExif } from './exif.js';

const LONG_SIDE_PX = 1600;
const QUALITY = 0.8;

/** @param {Blob} blob @returns {Promise<any>} */
function read(blob) {
  return new Promise(function (resolve, reject) {
    const reader = new FileReader();
    reader.onload = function () { resolve(reader.result); };
    reader.onerror = function () { reject(reader.error); };
    reader.readAsArrayBuffer(blob);
  });
}

function decodeByImage(file) {
  return new Promise(function (resolve, reject) {
    const image = new Image();
    const url = URL.createObjectURL(file);
    image.onload = function () { URL.revokeObjectURL(url); resolve(image); };
    image.onerror = function () { URL.revokeObjectURL(url); reject(new Error('unreadable')); };
    image.src = url;
  });
}

/** The pixels of an image file, turned upright where the browser can. */
async function decode(file) {
  if (!window.createImageBitmap) return decodeByImage(file);
  try { return await createImageBitmap(file, { imageOrientation: 'from-image' }); } catch (error) { return decodeByImage(file); }
}

/** @returns {Promise<any>} */
async function redraw(source) {
  const width = source.width;
  const height = source.height;
  const scale = Math.min(1, LONG_SIDE_PX / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d')).drawImage(source, 0, 0, canvas.width, canvas.height);
  if (source.close) source.close();
  return new Promise(function (resolve, reject) {
    canvas.toBlob(function (blob) { if (blob) resolve(blob); else reject(new Error('no picture')); }, 'image/jpeg', QUALITY);
  });
}

/** The smaller photo, or the original where this browser cannot read it (the server may). @param {File} file @returns {Promise<Photo>} */
export async function downscale(file) {
  const original = await read(file);
  try {
    const small = await read(await redraw(await decode(file)));
    return { bytes: insertExif(small, readExif(original)), type: 'image/jpeg' };
  } catch (error) {
    return { bytes: original, type: file.type || 'application/octet-stream' };
  }
}
