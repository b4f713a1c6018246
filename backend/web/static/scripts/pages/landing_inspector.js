/** The page of a code for inspectors: the report form, and one for what they put right at once, sent in two steps. */
import { byId, translate, uuid } from '../browser/dom.js';
import { wirePlateCheck } from '../codes/plate_check.js';
import '../frame/leaving.js';
import { enqueue } from '../outbox/outbox.js';
import { showQueuedActions } from '../outbox/queued_actions.js';
import '../outbox/self_handled.js';
import { createPhotoPicker } from '../photos/photo_picker.js';
import { reportForm } from '../report_form/code_report.js';

const selfHandleForm = byId('self-handle-form');
/** The pickers of the photos before and after, in this order. */
const photoPickers = Array.from(selfHandleForm.querySelectorAll('[data-photo-picker]')).map(function (box) {
  return createPhotoPicker(box, function () { selfHandleForm.querySelector('.form-message').hidden = true; });
});

/** Photos before (0) or after (1): those that the server stored when it refused the form before, and those chosen now. @returns {Photo[]} */
function photosOfStage(index) {
  const name = ['before_photo_ids', 'after_photo_ids'][index];
  const stored = Array.from(selfHandleForm.querySelectorAll('[name=' + name + ']:checked'));
  return stored.map(function (box) { return { id: box.value }; }).concat(photoPickers[index].photos);
}

async function submitSelfHandled(event) {
  event.preventDefault();
  for (const picker of photoPickers) await picker.busy;
  const message = selfHandleForm.querySelector('.form-message');
  const before = photosOfStage(0);
  const after = photosOfStage(1);
  message.hidden = before.length && after.length;
  message.textContent = translate('report.missing', { n: 1 });
  if (!message.hidden) return;
  const select = byId('self-handle-item');
  after.forEach(function (photo) { photo.field = 'after_photo_ids'; });
  await enqueue({
    id: uuid(), code: byId('report').getAttribute('data-code'), place: byId('report').getAttribute('data-place'),
    item: select.value, name: select.options[select.selectedIndex].text, description: selfHandleForm.elements.note.value.trim(),
    photos: before, captured_at: before[0].taken_at || new Date().toISOString(),
    then: { name: selfHandleForm.getAttribute('data-name'), photos: after },
  });
  photoPickers.forEach(function (picker) { picker.clear(); });
  selfHandleForm.parentNode.open = false;
  window.scrollTo(0, 0);
}

/** Fill the form with what was refused, with the photos before and after. @param {any} item */
function restoreSelfHandled(item) {
  photoPickers.forEach(function (picker) { picker.clear(); });
  item.photos.forEach(photoPickers[0].add);
  item.then.photos.forEach(photoPickers[1].add);
  byId('self-handle-item').value = item.item;
  selfHandleForm.elements.note.value = item.description;
  selfHandleForm.parentNode.open = true;
  selfHandleForm.scrollIntoView();
}

const restoreReport = reportForm.restore;
reportForm.restore = function (item) { (item.then ? restoreSelfHandled : restoreReport)(item); };
selfHandleForm.addEventListener('submit', submitSelfHandled);
showQueuedActions();
wirePlateCheck(byId('report').getAttribute('data-code'));
