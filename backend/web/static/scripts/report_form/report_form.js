/** A report form: its photos made small, all of it stored on the phone first, then sent; the receipt appears above it. */
import { byId, translate, uuid } from '../browser/dom.js';
import { enqueue } from '../outbox/outbox.js';
import { showReports } from '../outbox/report_list.js';
import { isPersistent } from '../outbox/store.js';
import { createPhotoPicker } from '../photos/photo_picker.js';

function itemName(option) {
  return option.tagName === 'OPTION' ? option.text : option.parentNode.textContent.trim();
}

/**
 * Wire the form of one page, and the list of reports above it. Returns what the list calls, see `showReports`.
 * @param {any} form
 * @param {object} page
 * @param {() => any} page.selectedItem the option, or the input, of the item that is selected
 * @param {(code: string | undefined) => void} page.selectItem
 * @param {() => Partial<NewItem>} page.location the fields of a report that say where it is
 * @param {(item: OutboxItem) => boolean} page.isOwn whether this report was written in this form
 * @param {any} page.message the element for what is still missing
 */
export function createReportForm(form, page) {
  const photoPicker = createPhotoPicker(form.querySelector('[data-photo-picker]'), function () { showMessage(''); });

  function showMessage(text) {
    page.message.textContent = text;
    page.message.hidden = !text;
  }

  /** Photos that the server stored when it refused the form before. @returns {Photo[]} */
  function storedPhotos() {
    return Array.from(form.querySelectorAll('[name=photo_ids]:checked')).map(function (box) { return { id: box.value }; });
  }

  function photosNeeded() {
    const option = page.selectedItem();
    return option && option.hasAttribute('data-photos') ? Number(option.getAttribute('data-photos')) : 1;
  }

  function showPhotosNeeded() {
    const needed = photosNeeded();
    byId('photos-needed').textContent = needed === 1 ? '' : translate(needed ? 'report.need' : 'report.optional', { n: needed });
  }

  function reset() {
    form.hidden = false;
    photoPicker.clear();
    form.reset();
    showPhotosNeeded();
  }

  /** Fill the form with a refused report, photos and all. @param {OutboxItem} item */
  function restore(item) {
    reset();
    page.selectItem(item.item);
    form.elements.description.value = item.description;
    item.photos.forEach(photoPicker.add);
    showPhotosNeeded();
  }

  async function submit(event) {
    event.preventDefault();
    await photoPicker.busy;
    const option = page.selectedItem();
    const photos = storedPhotos().concat(photoPicker.photos);
    const missing = photosNeeded() - photos.length;
    if (missing > 0) { showMessage(translate('report.missing', { n: missing })); return; }
    const item = Object.assign(page.location(), {
      id: uuid(), item: option.value, name: itemName(option), description: form.elements.description.value.trim(), photos: photos,
      captured_at: photoPicker.photos.length ? photoPicker.photos[0].taken_at : new Date().toISOString(),
    });
    form.hidden = true;
    if (!(await isPersistent())) showMessage(translate('report.stay'));
    await enqueue(item);
    window.scrollTo(0, 0);
  }

  form.addEventListener('submit', submit);
  form.addEventListener('change', showPhotosNeeded);
  showPhotosNeeded();
  const reportForm = { reset: reset, restore: restore, isOwn: page.isOwn };
  showReports(reportForm);
  return reportForm;
}
