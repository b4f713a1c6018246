/** A report as the page hands it to the outbox, with photos that lie on the phone. */
const { jpeg } = require('./jpeg');

function newPhoto(phone, key) {
  const path = `${'http://usr'}/photo-${key}.jpg`;
  phone.files.set(path, jpeg({ width: 1600, height: 1200 }));
  return { path, key, taken_at: '2026-11-28T00:59:00.000Z' };
}

function newReport(phone, { id = 'report-0001', photos = 2, ...changes } = {}) {
  return {
    id, code: '0SKCCTJTRQVT', place: '莲安东路12号', name: '非机动车乱停放', item: 'A101', nonce: 'nonce-1', description: '堵住了楼道口',
    photos: Array.from({ length: photos }, (_, i) => newPhoto(phone, `${id}-photo-${i + 1}`)),
    captured_at: '2026-11-28T00:59:00.000Z', ...changes,
  };
}

module.exports = { newPhoto, newReport };
