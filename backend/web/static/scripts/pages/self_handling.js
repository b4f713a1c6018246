/** What an inspector put right at once: a photo before, a photo after, reported and closed in two steps by the outbox. */
import { byId, translate, uuid } from '../browser/dom.js';
import '../inspectors/own_page.js';
import './default.js';
import { showDayCounts } from '../inspectors/day_counts.js';
import { wireItemChoice } from '../inspectors/item_choice.js';
import { wirePlaceChoice } from '../inspectors/place_choice.js';
import { enqueue } from '../outbox/outbox.js';
import { showQueuedActions } from '../outbox/queued_actions.js';
import { showReports } from '../outbox/report_list.js';
import '../outbox/self_handled.js';
import { createPhotoPicker } from '../photos/photo_picker.js';

const STAGES = ['before_photo_ids', 'after_photo_ids'];
const selfForm = byId('self-handling');
/** The pickers of the photos before and after, in this order. */
const stagePickers = Array.from(selfForm.querySelectorAll('[data-photo-picker]')).map(function (box) {
  return createPhotoPicker(box, function () { showMissing(''); showNextShot(); });
});
const itemChoice = wireItemChoice(selfForm, function () { showMissing(''); });
const placeChoice = wirePlaceChoice(selfForm);

function showMissing(text) {
  byId('form-message').textContent = text;
  byId('form-message').hidden = !text;
  byId('form-message').className = 'note bad';
}

/** Photos before (0) or after (1): those that the server stored when it refused the form before, and those chosen now. @returns {Photo[]} */
function photosOfStage(index) {
  const stored = Array.from(selfForm.querySelectorAll('[name=' + STAGES[index] + ']:checked'));
  return stored.map(function (box) { return { id: box.value }; }).concat(stagePickers[index] ? stagePickers[index].photos : []);
}

/** One button at a time: the camera for what is missing, then the one that sends. */
function showNextShot() {
  const missing = [0, 1].filter(function (index) { return !photosOfStage(index).length; });
  const shot = byId('next-shot');
  shot.hidden = !missing.length;
  selfForm.querySelector('.bar button').hidden = Boolean(missing.length);
  if (!missing.length) return;
  shot.htmlFor = STAGES[missing[0]] + '-camera';
  shot.textContent = shot.getAttribute(missing[0] ? 'data-after' : 'data-before');
}

async function submitSelfHandled(event) {
  event.preventDefault();
  for (const picker of stagePickers) await picker.busy;
  const place = placeChoice.current();
  const before = photosOfStage(0);
  const after = photosOfStage(1);
  if (!before.length || !after.length) { showMissing(translate('report.missing', { n: 1 })); return; }
  if (!place) { showMissing(translate('where.missing')); placeChoice.ask(); return; }
  if (!itemChoice.current()) { showMissing(translate('quick.no_item')); return; }
  after.forEach(function (photo) { photo.field = 'after_photo_ids'; });
  placeChoice.remember();
  await enqueue({
    id: uuid(), page: '/self-handling', code: place.code, nonce: place.code && placeChoice.nonce(), point: place.point, place: place.label,
    item: itemChoice.current().value, name: itemChoice.name(), description: selfForm.elements.note.value.trim(),
    photos: before, captured_at: before[0].taken_at || new Date().toISOString(),
    then: { name: selfForm.getAttribute('data-name'), photos: after },
  });
  stagePickers.forEach(function (picker) { picker.clear(); });
  selfForm.querySelectorAll('.stored-photos').forEach(function (list) { list.remove(); });
  selfForm.elements.note.value = '';
  showNextShot();
  byId('quick-status').textContent = translate('quick.stored', { name: itemChoice.name(), place: place.label });
  byId('quick-status').hidden = false;
  window.scrollTo(0, 0);
}

/** Fill the form with what was refused, with the photos before and after. @param {any} item */
function restoreSelfHandled(item) {
  stagePickers.forEach(function (picker) { picker.clear(); });
  item.photos.forEach(stagePickers[0].add);
  item.then.photos.forEach(stagePickers[1].add);
  itemChoice.choose(item.item);
  selfForm.elements.note.value = item.description;
  selfForm.elements.note.parentNode.open = Boolean(item.description);
  placeChoice.choose({ value: item.code ? 'code:' + item.code : 'door:', label: item.place, code: item.code, point: item.point });
  window.scrollTo(0, 0);
}

selfForm.addEventListener('submit', submitSelfHandled);
showNextShot();
showDayCounts();
showReports({ isOwn: function (item) { return Boolean(item.then); }, restore: restoreSelfHandled });
showQueuedActions();
