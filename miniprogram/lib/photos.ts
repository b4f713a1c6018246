/** Photos from camera and album, made small enough for a street's network and kept as files that outlive the program. */
import { captureTimeBlock } from './capture_time';
import { insertExif, orientationOf, readExif, takenAt, upright } from './exif';
import { folder, listFiles, readFile, removeFile, sizeOf, writeFile } from './files';
import { newId } from './ids';
import { isCancel, isRefusal } from './privacy';

export type Source = 'camera' | 'album';

export interface Photo {
  /** Its file in the program's own folder. */
  path: string;
  /** Idempotency-Key of its upload. */
  key: string;
  /** ISO instant. */
  taken_at: string;
  /** As the server calls it, once it has been uploaded. */
  id?: string;
}

/** `refused`: camera or album may not be used. `full`: the phone holds no more. `unreadable`: no picture. */
export type PhotoTrouble = 'refused' | 'full' | 'unreadable';

export interface Chosen {
  photos: Photo[];
  trouble?: PhotoTrouble;
}

const LONG_SIDE_PX = 1600;
const QUALITY = 80;
/** So far into a file its Exif block reaches at most. */
const HEAD_BYTES = 262144;
const NAME = /^photo-.*\.jpg$/;

interface Shape { width: number; height: number }

async function shapeOf(src: string): Promise<Shape> {
  const { width, height } = await wx.getImageInfo({ src });
  return { width, height };
}

/** A smaller copy in WeChat's temporary folder, or the file itself where it is small enough, or cannot be read here. */
async function compress(src: string, shape: Shape): Promise<string> {
  const side = shape.width >= shape.height ? 'compressedWidth' : 'compressedHeight';
  const isLarge = Math.max(shape.width, shape.height) > LONG_SIDE_PX;
  const copy = await wx.compressImage({ src, quality: QUALITY, ...(isLarge ? { [side]: LONG_SIDE_PX } : {}) });
  return copy.tempFilePath;
}

/**
 * The camera's block for the copy. Documents do not say whether WeChat turns the pixels of a lying picture: where the copy
 * stands the other way it did, and the orientation is reset; where it lies as before, the orientation must stay.
 */
function blockFor(block: Uint8Array, original: Shape, copy: Shape): Uint8Array {
  const isLying = orientationOf(block) >= 5;
  const wasTurned = (original.width > original.height) !== (copy.width > copy.height);
  return isLying && !wasTurned && original.width !== original.height ? block : upright(block);
}

async function bytesOf(original: string, source: Source, now: Date): Promise<{ bytes: ArrayBuffer; at: Date }> {
  const size = await sizeOf(original);
  const block = readExif(await readFile(original, Math.min(size, HEAD_BYTES)));
  const at = (block && takenAt(block)) || now;
  try {
    const shape = await shapeOf(original);
    const path = await compress(original, shape);
    const small = await readFile(path);
    if (readExif(small)) return { bytes: small, at };
    const carried = block && blockFor(block, shape, await shapeOf(path));
    const written = carried || (source === 'camera' ? captureTimeBlock(now) : null);
    return { bytes: written ? insertExif(small, written) : small, at };
  } catch (error) {
    // The server may read what this phone cannot.
    return { bytes: await readFile(original), at };
  }
}

async function keep(original: string, source: Source): Promise<Photo> {
  const { bytes, at } = await bytesOf(original, source, new Date());
  const key = newId();
  const path = `${folder()}/photo-${key}.jpg`;
  await writeFile(path, bytes);
  return { path, key, taken_at: at.toISOString() };
}

function troubleOf(error: unknown): PhotoTrouble {
  if (isRefusal(error)) return 'refused';
  return /limit|exceed|space|storage/i.test(String((error as { errMsg?: string }).errMsg)) ? 'full' : 'unreadable';
}

/** Have photos taken or chosen, so many at most. What was kept before trouble came is in `photos`. Never rejects. */
export async function choosePhotos(source: Source, most: number): Promise<Chosen> {
  const photos: Photo[] = [];
  try {
    const { tempFiles } = await wx.chooseMedia({
      count: most, mediaType: ['image'], sourceType: [source], sizeType: ['original'],
    });
    for (const file of tempFiles) photos.push(await keep(file.tempFilePath, source));
  } catch (error) {
    return isCancel(error) ? { photos } : { photos, trouble: troubleOf(error) };
  }
  return { photos };
}

/** Remove files of photos that nothing names any more, such as after the program was ended in between. */
export function sweepPhotos(isNamed: (path: string) => boolean): void {
  listFiles().filter((name) => NAME.test(name)).map((name) => `${folder()}/${name}`)
    .filter((path) => !isNamed(path)).forEach(removeFile);
}
