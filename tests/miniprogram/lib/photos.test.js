/** Photos are made small on the phone, keep what the camera wrote, and outlive the program. */
const { hasExif, jpeg, sizeOf } = require('../makers/jpeg');
const { Phone } = require('../wechat/phone');
const { Server } = require('../server/server');

let phone;

beforeEach(() => {
  phone = new Phone({ server: new Server() });
  phone.hasAgreed = true;
  phone.launch();
});

async function choose(source, ...pictures) {
  phone.person.pictures = pictures;
  const chosen = phone.module('lib/photos').choosePhotos(source, 3);
  await phone.settle();
  return chosen;
}

function bytesOf(photo) { return phone.files.get(photo.path); }
function exifOf(photo) { return phone.module('lib/exif').readExif(bytesOf(photo)); }

test.each([[4032, 3024, 1600, 1200], [3024, 4032, 1200, 1600], [800, 600, 800, 600]])('a photo of %i × %i px becomes one of %i × %i', async (width, height, small, low) => {
  const { photos: [photo] } = await choose('album', jpeg({ width, height }));
  expect(sizeOf(bytesOf(photo))).toEqual({ width: small, height: low });
  expect(photo.path).toMatch(/^http:\/\/usr\/photo-/);
});

test('time and zone of the camera are kept and told', async () => {
  const { photos: [photo] } = await choose('album', jpeg({ exif: { takenAt: '2026:11:27 18:30:05', zone: '+08:00' } }));
  expect(photo.taken_at).toBe('2026-11-27T10:30:05.000Z');
  expect(phone.module('lib/exif').takenAt(exifOf(photo)).toISOString()).toBe('2026-11-27T10:30:05.000Z');
});

test('a photo of the camera without a block gets the moment as its time, one of the album without gets none', async () => {
  const { photos: [taken] } = await choose('camera', jpeg());
  const { photos: [found] } = await choose('album', jpeg());
  expect(phone.module('lib/exif').takenAt(exifOf(taken)).getTime()).toBe(Math.floor(Date.now() / 1000) * 1000);
  expect(hasExif(bytesOf(found))).toBe(false);
  expect(found.taken_at).toBe(new Date().toISOString());
});

test.each([[true, 1], [false, 6]])('a lying photo stands upright whether WeChat turned its pixels (%s) or not', async (isTurned, orientation) => {
  phone.turnsPixels = () => isTurned;
  const { photos: [photo] } = await choose('album', jpeg({ exif: { orientation: 6 } }));
  expect(phone.module('lib/exif').orientationOf(exifOf(photo))).toBe(orientation);
});

test('what this phone cannot make smaller is sent as it is', async () => {
  phone.compresses = false;
  const original = jpeg({ exif: { orientation: 3 } });
  const { photos: [photo] } = await choose('album', original);
  expect(bytesOf(photo).byteLength).toBe(original.byteLength);
});

test('a full phone keeps the photos before, and says so', async () => {
  phone.files.limit = 600;
  const { photos, trouble } = await choose('album', jpeg(), jpeg(), jpeg());
  expect([photos.length, trouble]).toEqual([2, 'full']);
});

test('whoever closes the camera has changed their mind: nothing is said', async () => {
  expect(await choose('camera')).toEqual({ photos: [] });
});

test('a refused camera is told', async () => {
  phone.person.allows = [];
  expect(await choose('camera', jpeg())).toEqual({ photos: [], trouble: 'refused' });
});
