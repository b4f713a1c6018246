/** The photo pickers of an order's forms, and how a tap that was sent back gets into its form again. */
import { picker } from './shots.js';

let pickers = [];

/** Wire all pickers of the page as it is now. */
export function wirePickers(onChange) {
  pickers = Array.from(document.querySelectorAll('[data-shots]')).map(function (box) {
    const state = picker(box, onChange);
    state.box = box;
    state.form = box.querySelector('input').form;
    state.field = box.getAttribute('data-field') || box.getAttribute('data-shots');
    return state;
  });
}

export function pickersOf(form) {
  return pickers.filter(function (state) { return state.form === form; });
}

function refill(form, item) {
  pickersOf(form).forEach(function (state) {
    state.clear();
    item.photos.forEach(function (photo) { if (photo.field === state.field) state.add(photo); });
  });
  if (form.elements.note) form.elements.note.value = item.body.note || '';
  const folded = form.closest('details');
  if (folded) folded.open = true;
  (folded || pickersOf(form)[0].box).scrollIntoView();
}

/** What puts a tap's words and photos back into its form, the tap staying kept; null where this page offers no such form. */
export function refillOf(item) {
  const form = pickers.map(function (state) { return state.form; }).find(function (one) {
    return one.getAttribute('data-move') === item.move && one.getAttribute('data-order') === item.order && !one.closest('#then');
  });
  return form && item.photos.length ? function () { refill(form, item); } : null;
}
