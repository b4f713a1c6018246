/** Carry what the camera wrote (time, position) into the smaller photo: copy its APP1 block, with the orientation reset. */

const ORIENTATION = 0x0112;

function isExif(view, at) {
  return view.getUint32(at + 4) === 0x45786966 && view.getUint16(at + 8) === 0;
}

/** The APP1 Exif block of a JPEG as bytes, or null. @param {ArrayBuffer} buffer */
export function readExif(buffer) {
  const view = new DataView(buffer);
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; at + 10 < view.byteLength;) {
    const marker = view.getUint16(at);
    const length = view.getUint16(at + 2) + 2;
    if (marker === 0xffda || marker < 0xff00) return null;
    if (marker === 0xffe1 && isExif(view, at)) {
      return at + length <= view.byteLength ? new Uint8Array(buffer.slice(at, at + length)) : null;
    }
    at += length;
  }
  return null;
}

/** Set the orientation tag to 1: the pixels are upright already. */
function resetOrientation(block) {
  const view = new DataView(block.buffer);
  const tiff = 10;
  const isLittle = view.getUint16(tiff) === 0x4949;
  const directory = tiff + view.getUint32(tiff + 4, isLittle);
  const count = view.getUint16(directory, isLittle);
  for (let i = 0; i < count; i += 1) {
    const entry = directory + 2 + i * 12;
    if (view.getUint16(entry, isLittle) === ORIENTATION) view.setUint16(entry + 8, 1, isLittle);
  }
  return block;
}

/** The small JPEG with the block behind its first marker, or as it is when that fails. @param {ArrayBuffer} small @param {Uint8Array | null} block */
export function insertExif(small, block) {
  if (!block) return small;
  let upright = null;
  try { upright = resetOrientation(block); } catch (error) { return small; }
  const joined = new Uint8Array(small.byteLength + upright.length);
  joined.set(new Uint8Array(small, 0, 2), 0);
  joined.set(upright, 2);
  joined.set(new Uint8Array(small, 2), 2 + upright.length);
  return joined.buffer;
}
