/** The least that is a JPEG to those who read its markers: its size, and perhaps an Exif block. */

function twoBytes(value) {
  return [value >> 8, value & 255];
}

/** A TIFF block with orientation and time, little-endian, as a phone writes it. */
function exifBlock({ orientation = 1, takenAt = '', zone = '' }) {
  const text = (value) => [...Array.from(value, (sign) => sign.charCodeAt(0)), 0];
  const u16 = (value) => [value & 255, value >> 8];
  const u32 = (value) => [...u16(value & 65535), ...u16(value >>> 16)];
  const entry = (tag, type, count, value) => [...u16(tag), ...u16(type), ...u32(count), ...(type === 3 ? [...u16(value), 0, 0] : u32(value))];
  const times = takenAt ? [entry(0x9003, 2, 20, 80), ...(zone ? [entry(0x9011, 2, 7, 100)] : [])] : [];
  const first = [...u16(times.length ? 2 : 1), ...entry(0x0112, 3, 1, orientation), ...(times.length ? entry(0x8769, 4, 1, 40) : []), ...u32(0)];
  const tiff = new Array(112).fill(0);
  const put = (at, bytes) => bytes.forEach((byte, i) => { tiff[at + i] = byte; });
  put(0, [0x49, 0x49, 42, 0, ...u32(8)]);
  put(8, first);
  if (times.length) put(40, [...u16(times.length), ...times.flat(), ...u32(0)]);
  if (takenAt) put(80, text(takenAt));
  if (zone) put(100, text(zone));
  return [0xff, 0xe1, ...twoBytes(tiff.length + 8), 0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff];
}

/** An ArrayBuffer. `exif`: see exifBlock; without it there is none. */
function jpeg({ width = 4032, height = 3024, exif = null, filling = 200 } = {}) {
  const frame = [0xff, 0xc0, 0, 11, 8, ...twoBytes(height), ...twoBytes(width), 1, 1, 0x11, 0];
  const scan = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, ...new Array(filling).fill(7)];
  return new Uint8Array([0xff, 0xd8, ...(exif ? exifBlock(exif) : []), ...frame, ...scan, 0xff, 0xd9]).buffer;
}

/** Every marker before the picture's data: [marker, start, length]. */
function segments(buffer) {
  const view = new DataView(buffer);
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return [];
  const found = [];
  for (let at = 2; at + 4 <= view.byteLength;) {
    const length = view.getUint16(at + 2) + 2;
    found.push([view.getUint16(at), at, length]);
    if (view.getUint16(at) === 0xffda) break;
    at += length;
  }
  return found;
}

/** Width and height; null where it is no JPEG. */
function sizeOf(buffer) {
  const frame = segments(buffer).find(([marker]) => marker === 0xffc0 || marker === 0xffc2);
  if (!frame) return null;
  const view = new DataView(buffer);
  return { height: view.getUint16(frame[1] + 5), width: view.getUint16(frame[1] + 7) };
}

function hasExif(buffer) {
  return segments(buffer).some(([marker]) => marker === 0xffe1);
}

function withoutExif(buffer) {
  const found = segments(buffer).find(([marker]) => marker === 0xffe1);
  if (!found) return buffer;
  const bytes = Array.from(new Uint8Array(buffer));
  bytes.splice(found[1], found[2]);
  return new Uint8Array(bytes).buffer;
}

module.exports = { jpeg, sizeOf, hasExif, withoutExif };
