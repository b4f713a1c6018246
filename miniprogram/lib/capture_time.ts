/** When a photo was taken, as a camera writes it: an Exif block with DateTimeOriginal and its zone, where WeChat's camera wrote none. */

const TIFF_AT = 10;
const DATE_AT = 56;
const ZONE_AT = 76;
const BLOCK_BYTES = 93;

function twoDigits(number: number): string {
  return `0${number}`.slice(-2);
}

function localTime(at: Date): string {
  const day = [at.getFullYear(), twoDigits(at.getMonth() + 1), twoDigits(at.getDate())].join(':');
  return `${day} ${[at.getHours(), at.getMinutes(), at.getSeconds()].map(twoDigits).join(':')}`;
}

function zoneOf(at: Date): string {
  const ahead = -at.getTimezoneOffset();
  return `${ahead < 0 ? '-' : '+'}${twoDigits(Math.floor(Math.abs(ahead) / 60))}:${twoDigits(Math.abs(ahead) % 60)}`;
}

/** The APP1 block that says so, as `insertExif` takes it. */
export function captureTimeBlock(at: Date): Uint8Array {
  const block = new Uint8Array(BLOCK_BYTES);
  const view = new DataView(block.buffer);
  const writeText = (start: number, text: string) => {
    for (let i = 0; i < text.length; i += 1) block[start + i] = text.charCodeAt(i);
  };
  // One row of a directory: tag, type, count, and the value or where it stands.
  const writeEntry = (start: number, tag: number, type: number, count: number, value: number) => {
    view.setUint16(TIFF_AT + start, tag, true);
    view.setUint16(TIFF_AT + start + 2, type, true);
    view.setUint32(TIFF_AT + start + 4, count, true);
    view.setUint32(TIFF_AT + start + 8, value, true);
  };
  view.setUint16(0, 0xffe1);
  view.setUint16(2, BLOCK_BYTES - 2);
  writeText(4, 'Exif');
  writeText(TIFF_AT, 'II*');
  view.setUint32(TIFF_AT + 4, 8, true);
  view.setUint16(TIFF_AT + 8, 1, true);
  writeEntry(10, 0x8769, 4, 1, 26);
  view.setUint16(TIFF_AT + 26, 2, true);
  writeEntry(28, 0x9003, 2, 20, DATE_AT);
  writeEntry(40, 0x9011, 2, 7, ZONE_AT);
  writeText(TIFF_AT + DATE_AT, localTime(at));
  writeText(TIFF_AT + ZONE_AT, zoneOf(at));
  return block;
}
