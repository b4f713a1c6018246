/** What the camera wrote into a JPEG (time, position, device): read from the original, put into the smaller copy. */

const ORIENTATION = 0x0112;
const EXIF_POINTER = 0x8769;
const TAKEN_AT = 0x9003;
const ZONE = 0x9011;
const TIFF = 10;

function isExif(view: DataView, at: number): boolean {
  return view.getUint32(at + 4) === 0x45786966 && view.getUint16(at + 8) === 0;
}

/** The APP1 Exif block of a JPEG, or null. The beginning of the file is enough, as long as the block is in it. */
export function readExif(buffer: ArrayBuffer): Uint8Array | null {
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

/** Where the value of a tag stands within the block; 0 where the directory has no such tag. Throws beyond the block. */
function findEntry(view: DataView, directory: number, tag: number, isLittle: boolean): number {
  const count = view.getUint16(directory, isLittle);
  for (let i = 0; i < count; i += 1) {
    const entry = directory + 2 + i * 12;
    if (view.getUint16(entry, isLittle) === tag) return entry + 8;
  }
  return 0;
}

function inBlock<T>(block: Uint8Array, otherwise: T, read: (view: DataView, first: number, isLittle: boolean) => T): T {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  try {
    const isLittle = view.getUint16(TIFF) === 0x4949;
    return read(view, TIFF + view.getUint32(TIFF + 4, isLittle), isLittle);
  } catch (error) {
    return otherwise;
  }
}

/** The orientation from 1 to 8; 1 where none is said: the pixels are upright. */
export function orientationOf(block: Uint8Array): number {
  return inBlock(block, 1, (view, first, isLittle) => {
    const at = findEntry(view, first, ORIENTATION, isLittle);
    return at ? view.getUint16(at, isLittle) : 1;
  });
}

/** The block with its orientation set to 1, for a copy whose pixels were turned upright. */
export function upright(block: Uint8Array): Uint8Array {
  return inBlock(block, block, (view, first, isLittle) => {
    const at = findEntry(view, first, ORIENTATION, isLittle);
    if (at) view.setUint16(at, 1, isLittle);
    return block;
  });
}

function textAt(view: DataView, value: number, isLittle: boolean): string {
  const start = TIFF + view.getUint32(value, isLittle);
  const length = view.getUint32(value - 4, isLittle) - 1;
  return Array.from({ length }, (_, i) => String.fromCharCode(view.getUint8(start + i))).join('');
}

/** When the picture was taken, by the camera's clock and zone, else by the phone's zone; null where it is not said. */
export function takenAt(block: Uint8Array): Date | null {
  return inBlock<Date | null>(block, null, (view, first, isLittle) => {
    const pointer = findEntry(view, first, EXIF_POINTER, isLittle);
    const directory = pointer && TIFF + view.getUint32(pointer, isLittle);
    const taken = directory && findEntry(view, directory, TAKEN_AT, isLittle);
    const parts = taken ? /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$/.exec(textAt(view, taken, isLittle)) : null;
    if (!parts) return null;
    const zoneAt = findEntry(view, directory, ZONE, isLittle);
    const zone = zoneAt ? textAt(view, zoneAt, isLittle) : '';
    const at = new Date(`${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}${/^[+-]\d\d:\d\d$/.test(zone) ? zone : ''}`);
    return Number.isNaN(at.getTime()) ? null : at;
  });
}

/** The small JPEG with the block behind its first marker. */
export function insertExif(small: ArrayBuffer, block: Uint8Array): ArrayBuffer {
  const joined = new Uint8Array(small.byteLength + block.length);
  joined.set(new Uint8Array(small, 0, 2), 0);
  joined.set(block, 2);
  joined.set(new Uint8Array(small, 2), 2 + block.length);
  return joined.buffer;
}
