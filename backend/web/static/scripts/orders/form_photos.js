/** The photo pickers of an order's forms, and how a refused action gets back into its form. */
import { createPhotoPicker } from '../photos/photo_picker.js';

/** @type {any[]} */
let pickers = [];

/** Wire all pickers of the page as it is now. @param {() => void} onChange */
export function wirePickers(onChange) {
  pickers = Array.from(document.querySelectorAll('[data-photo-picker]')).map(function (/** @type {any} */ box) {
    const state = createPhotoPicker(box, onChange);
    state.box = box;
    state.form = box.querySelector('input').form;
    state.field = box.getAttribute('data-field') || box.getAttribute('data-photo-picker');
    return state;
  });
}

export function formPickers(form) {
  return pickers.filter(function (state) { return state.form === form; });
}

function restoreForm(form, item) {
  formPickers(form).forEach(function (state) {
    state.clear();
    item.photos.forEach(function (photo) { if (photo.field === state.field) state.add(photo); });
  });
  ['note', 'description'].forEach(function (name) { if (form.elements[name]) form.elements[name].value = item.body[name] || ''; });
  form.setAttribute('data-restored', item.id);
  const details = form.closest('details');
  if (details) details.open = true;
  (details || formPickers(form)[0].box).scrollIntoView();
}

/**
 * What puts an action's note and photos back into its form, the item staying in the outbox; null where the page has no such form.
 * @param {OutboxItem} item
 */
export function restorerOf(item) {
  const form = pickers.map(function (state) { return state.form; }).find(function (one) {
    return one.getAttribute('data-transition') === item.move && one.getAttribute('data-order') === item.order && !one.closest('#next-action');
  });
  return form && item.photos.length ? function () { restoreForm(form, item); } : null;
}
