/** A report form: its photos made small, all of it stored on the phone first, then sent; the receipt appears above it. */
import { byId, translate, uuid } from '../browser/dom.js';
import { enqueue } from '../outbox/outbox.js';
import { showReports } from '../outbox/report_list.js';
import { createPhotoPicker } from '../photos/photo_picker.js';
import { keepDraft } from './draft.js';

function itemName(option) {
  return option.tagName === 'OPTION' ? option.text : option.parentNode.textContent.trim();
}

/**
 * Wire the form of one page, and the list of reports above it. Returns what the list calls, see `showReports`.
 * @param {any} form
 * @param {object} page
 * @param {string} page.path where its draft belongs
 * @param {() => any} page.selectedItem the option, or the input, of the item that is selected
 * @param {(code: string | undefined) => void} page.selectItem
 * @param {() => Partial<NewItem>} page.location the fields of a report that say where it is
 * @param {() => boolean} [page.isMoved] whether the pin is no longer where the page was opened
 * @param {() => Partial<OutboxItem>} [page.pin] the fields of a draft that say where the pin is
 * @param {(item: OutboxItem) => any} [page.moveBack] puts the pin there again
 * @param {(item: OutboxItem) => boolean} page.isOwn whether this report was written in this form
 */
export function createReportForm(form, page) {
  const photoPicker = createPhotoPicker(form.querySelector('[data-photo-picker]'), function () {
    markPhotos('');
    keep();
  });
  const words = form.elements.description;

  /** Say beside the buttons which photos are missing, and lead there. */
  function markPhotos(text) {
    byId('form-message').textContent = text;
    byId('form-message').hidden = !text;
    photoPicker.inputs[0].setAttribute('aria-invalid', Boolean(text));
    if (text) photoPicker.inputs[0].focus();
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
    form.reset();
    photoPicker.clear();
    showPhotosNeeded();
  }

  /** Put item, words and photos into the form. @param {OutboxItem} item */
  async function fill(item) {
    if (page.moveBack) await page.moveBack(item);
    page.selectItem(item.item);
    words.value = item.description;
    if (words.value) (words.closest('details') || {}).open = true;
    item.photos.forEach(photoPicker.add);
    showPhotosNeeded();
  }

  /** Fill the form with a refused report, photos and all. @param {OutboxItem} item */
  function restore(item) {
    reset();
    fill(item);
  }

  /** What a reload would lose; null where nothing was entered, or all of it is being sent. */
  function entered() {
    const option = page.selectedItem();
    const isDefault = !option || !option.value || option.defaultChecked || option.defaultSelected;
    const isMoved = page.isMoved && page.isMoved();
    if (form.hidden || isDefault && !isMoved && !words.value && !photoPicker.photos.length) return null;
    return Object.assign({ item: option && option.value, description: words.value, photos: photoPicker.photos }, page.pin && page.pin());
  }

  async function submit(event) {
    event.preventDefault();
    await photoPicker.busy;
    const option = page.selectedItem();
    const photos = storedPhotos().concat(photoPicker.photos);
    const missing = photosNeeded() - photos.length;
    if (missing > 0) { markPhotos(translate('report.missing', { n: missing })); return; }
    const item = Object.assign(page.location(), {
      id: uuid(), item: option.value, name: itemName(option), description: words.value.trim(), photos: photos,
      captured_at: photoPicker.photos.length ? photoPicker.photos[0].taken_at : new Date().toISOString(),
    });
    form.hidden = true;
    await enqueue(item);
    keep();
    window.scrollTo(0, 0);
  }

  form.addEventListener('submit', submit);
  form.addEventListener('change', showPhotosNeeded);
  const keep = keepDraft(form, page.path, entered, fill, reset);
  showPhotosNeeded();
  const reportForm = { reset: reset, restore: restore, isOwn: page.isOwn, keep: keep };
  showReports(reportForm);
  return reportForm;
}
