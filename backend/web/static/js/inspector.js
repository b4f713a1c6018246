/** An inspector's door: besides the report form, what was put right at once is kept on the phone and sent in two steps. */
import './afterwards.js';
import { byId, speak, uuid } from './dom.js';
import { showKept } from './kept.js';
import { trayHooks } from './landing.js';
import { enqueue } from './outbox.js';
import { picker } from './shots.js';

const own = byId('self');
const moments = Array.from(own.querySelectorAll('[data-shots]')).map(function (box) {
  return picker(box, function () { own.querySelector('.say').hidden = true; });
});

async function fixed(event) {
  event.preventDefault();
  for (const moment of moments) await moment.busy;
  const line = own.querySelector('.say');
  line.hidden = moments.every(function (moment) { return moment.photos.length; });
  line.textContent = speak('send.missing', { n: 1 });
  if (!line.hidden) return;
  const chosen = byId('self-item');
  const after = moments[1].photos.map(function (photo) { photo.field = 'after_photo_ids'; return photo; });
  await enqueue({
    id: uuid(), code: byId('report').getAttribute('data-code'), place: byId('report').getAttribute('data-place'),
    item: chosen.value, name: chosen.options[chosen.selectedIndex].text, description: own.elements.note.value.trim(),
    photos: moments[0].photos, captured_at: moments[0].photos[0].taken_at,
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
