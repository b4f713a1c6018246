/**
 * What of a picture is looked at, small enough for an old phone. In turn: the middle pixel by pixel, where a plate that is
 * far away is sharpest; and the whole made smaller, where a plate that is near has its place.
 */

const MIDDLE_PX = 480;
const WHOLE_PX = 640;
/** A photo has more to show than a moving picture, and is looked at only once. */
const PHOTO_SIDES_PX = [1600, 800, 400];
const canvas = document.createElement('canvas');

/** @param {any} source @param {number[]} part left, top, width, height within it @param {number} longest in pixels */
function pixels(source, part, longest) {
  const scale = Math.min(1, longest / Math.max(part[2], part[3]));
  canvas.width = Math.round(part[2] * scale);
  canvas.height = Math.round(part[3] * scale);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', { willReadFrequently: true }));
  context.drawImage(source, part[0], part[1], part[2], part[3], 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

/** @param {HTMLVideoElement} video @param {number} turn counts the tries */
export function frameOf(video, turn) {
  const width = video.videoWidth;
  const height = video.videoHeight;
  if (turn % 2) return pixels(video, [0, 0, width, height], WHOLE_PX);
  const side = Math.min(MIDDLE_PX, width, height);
  return pixels(video, [Math.round((width - side) / 2), Math.round((height - side) / 2), side, side], side);
}

/** A photo in several sizes, the largest first. @param {Blob} file @returns {Promise<ImageData[]>} */
export async function framesOfPhoto(file) {
  const image = new Image();
  const address = URL.createObjectURL(file);
  await new Promise(function (resolve, reject) {
    image.onload = resolve;
    image.onerror = reject;
    image.src = address;
  });
  URL.revokeObjectURL(address);
  return PHOTO_SIDES_PX.map(function (side) { return pixels(image, [0, 0, image.naturalWidth, image.naturalHeight], side); });
}
