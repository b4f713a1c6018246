/** An inspector's door: besides the report form, what was put right at once is kept on the phone and sent in two steps. */
import './leaving.js';
import './afterwards.js';
import { byId, speak, uuid } from './dom.js';
import { showKept } from './kept.js';
import { trayHooks } from './landing.js';
import { enqueue } from './outbox.js';
import { picker } from './shots.js';
import { checkPlate } from './whereabouts.js';

const own = byId('self');
const moments = Array.from(own.querySelectorAll('[data-shots]')).map(function (box) {
  return picker(box, function () { own.querySelector('.say').hidden = true; });
});

/** The photos of a moment: those that the server kept when it refused the form before, and those chosen now. */
function photosOf(index) {
  const name = ['before_photo_ids', 'after_photo_ids'][index];
  const kept = Array.from(own.querySelectorAll('[name=' + name + ']:checked'));
  return kept.map(function (box) { return /** @type {any} */ ({ id: box.value }); }).concat(moments[index].photos);
}

async function fixed(event) {
  event.preventDefault();
  for (const moment of moments) await moment.busy;
  const line = own.querySelector('.say');
  const before = photosOf(0);
  const after = photosOf(1);
  line.hidden = before.length && after.length;
  line.textContent = speak('send.missing', { n: 1 });
  if (!line.hidden) return;
  const chosen = byId('self-item');
  after.forEach(function (photo) { photo.field = 'after_photo_ids'; });
  await enqueue({
    id: uuid(), code: byId('report').getAttribute('data-code'), place: byId('report').getAttribute('data-place'),
    item: chosen.value, name: chosen.options[chosen.selectedIndex].text, description: own.elements.note.value.trim(),
    photos: before, captured_at: before[0].taken_at || new Date().toISOString(),
    then: { name: own.getAttribute('data-name'), photos: after },
  });
  moments.forEach(function (moment) { moment.clear(); });
  own.parentNode.open = false;
  window.scrollTo(0, 0);
}

/** Put what was sent back into the form that it came from, with the photos of both moments. */
function takeUpBoth(item) {
  moments.forEach(function (moment) { moment.clear(); });
  item.photos.forEach(moments[0].add);
  item.then.photos.forEach(moments[1].add);
  byId('self-item').value = item.item;
  own.elements.note.value = item.description;
  own.parentNode.open = true;
  own.scrollIntoView();
}

const fixReport = trayHooks.fix;
trayHooks.fix = function (item) { (item.then ? takeUpBoth : fixReport)(item); };
own.addEventListener('submit', fixed);
showKept();
checkPlate(byId('report').getAttribute('data-code'));
