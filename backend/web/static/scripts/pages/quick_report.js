/** An inspector's home: photo, matter, place, and on to the next; all of it is stored on the phone first, then sent. */
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
import { isPersistent } from '../outbox/store.js';
import { createPhotoPicker } from '../photos/photo_picker.js';
import { keepDraft } from '../report_form/draft.js';
import { takeShared } from '../report_form/shared_photos.js';

const quickForm = byId('quick-report');
const photoPicker = createPhotoPicker(quickForm.querySelector('[data-photo-picker]'), function () {
  showMissing('');
  keep();
});
const itemChoice = wireItemChoice(quickForm, showPhotosNeeded);
const placeChoice = wirePlaceChoice(quickForm);
let goesOn = true;

function showMissing(text) {
  byId('form-message').textContent = text;
  byId('form-message').hidden = !text;
  byId('form-message').className = 'note bad';
}

function showPhotosNeeded() {
  const needed = itemChoice.photosNeeded();
  byId('photos-needed').textContent = needed === 1 ? '' : translate(needed ? 'report.need' : 'report.optional', { n: needed });
}

/** Photos that the server stored when it refused the form before. @returns {Photo[]} */
function storedPhotos() {
  return Array.from(quickForm.querySelectorAll('[name=photo_ids]:checked')).map(function (box) { return { id: box.value }; });
}

function emptyQuickForm() {
  quickForm.elements.description.value = '';
  photoPicker.clear();
  quickForm.querySelectorAll('.stored-photos').forEach(function (list) { list.remove(); });
  if (goesOn) return;
  placeChoice.forget();
  quickForm.reset();
  showPhotosNeeded();
}

async function submitQuickReport(event) {
  event.preventDefault();
  await photoPicker.busy;
  const place = placeChoice.current();
  const photos = storedPhotos().concat(photoPicker.photos);
  const missing = itemChoice.photosNeeded() - photos.length;
  if (missing > 0) { showMissing(translate('report.missing', { n: missing })); return; }
  if (!place) { showMissing(translate('where.missing')); placeChoice.ask(); return; }
  if (!itemChoice.current()) { showMissing(translate('quick.no_item')); return; }
  const item = {
    id: uuid(), page: '/quick-report', code: place.code, nonce: place.code && placeChoice.nonce(), point: place.point, place: place.label,
    item: itemChoice.current().value, name: itemChoice.name(), description: quickForm.elements.description.value.trim(), photos: photos,
    captured_at: photoPicker.photos.length ? photoPicker.photos[0].taken_at : new Date().toISOString(),
  };
  placeChoice.remember();
  await enqueue(item);
  emptyQuickForm();
  byId('quick-status').textContent = translate(await isPersistent() ? 'quick.stored' : 'report.stay', { name: item.name, place: item.place });
  byId('quick-status').hidden = false;
  window.scrollTo(0, 0);
}

/** Put photos, matter, words and place into the form. @param {any} item */
function fillQuickForm(item) {
  item.photos.forEach(photoPicker.add);
  if (item.item) itemChoice.choose(item.item);
  quickForm.elements.description.value = item.description;
  quickForm.elements.description.parentNode.open = Boolean(item.description);
  if (item.place) placeChoice.choose({ value: item.where || (item.code ? 'code:' + item.code : 'door:'), label: item.place, code: item.code, point: item.point });
}

/** Fill the form with what was refused. @param {any} item */
function restoreQuickReport(item) {
  photoPicker.clear();
  fillQuickForm(item);
  window.scrollTo(0, 0);
}

/** What a reload would lose: matter and place alone are chosen in a moment. */
function enteredQuickly() {
  const words = quickForm.elements.description.value;
  if (!photoPicker.photos.length && !words.trim()) return null;
  const place = placeChoice.current();
  const option = itemChoice.current();
  const where = place && { where: place.value, place: place.label, code: place.code, point: place.point };
  return Object.assign({ item: option ? option.value : '', description: words, photos: photoPicker.photos }, where);
}

quickForm.querySelectorAll('button[name=then]').forEach(function (button) {
  button.onclick = function () { goesOn = button.value === 'again'; };
});
quickForm.addEventListener('submit', submitQuickReport);
const keep = keepDraft(quickForm, '/quick-report', enteredQuickly, fillQuickForm, emptyQuickForm);
showPhotosNeeded();
showDayCounts();
showReports({ isOwn: function (item) { return item.page === '/quick-report'; }, restore: restoreQuickReport });
showQueuedActions();
takeShared(quickForm, 'photo-album');
