/** The fields of a campaign's form on the phone: what is said in each, which are shown, which have to be filled in. */
import { createPhotoPicker } from '../photos/photo_picker.js';

function words(element, name) {
  return (element.getAttribute(name) || '').split(' ').filter(Boolean);
}

/** @param {any} form @param {() => void} onChange */
export function fieldsOf(form, onChange) {
  return Array.from(form.querySelectorAll('[data-field]'), function (/** @type {any} */ box) {
    const picker = box.querySelector('[data-photo-picker]');
    return {
      box: box, key: box.getAttribute('data-field'), kind: box.getAttribute('data-kind'),
      inputs: Array.from(box.querySelectorAll('[name^="a-"]')), note: box.querySelector('[name^="n-"]'),
      picker: picker ? createPhotoPicker(picker, onChange) : null,
    };
  });
}

/** What is said in a field; several answers, or one, or none. @returns {string[]} */
export function saidIn(field) {
  return field.inputs.filter(function (input) { return input.type !== 'radio' && input.type !== 'checkbox' || input.checked; })
    .map(function (input) { return input.value.trim(); }).filter(Boolean);
}

export function storedIn(field) {
  return Array.from(field.box.querySelectorAll('[name^=photo_ids]:checked'), function (/** @type {any} */ box) { return box.value; });
}

function meansTrouble(field, said) {
  if (words(field.box, 'data-trouble').some(function (code) { return said.indexOf(code) >= 0; })) return true;
  const number = field.kind === 'number' && said.length ? Number(said[0]) : NaN;
  return number < Number(field.box.getAttribute('data-below') || '-Infinity') || number > Number(field.box.getAttribute('data-above') || 'Infinity');
}

/** Show each field where its condition holds, and what is asked more of where an answer means trouble. */
export function followConditions(fields) {
  fields.forEach(function (field) {
    const on = field.box.getAttribute('data-if');
    const other = fields.find(function (each) { return each.key === on; });
    const accepted = words(field.box, 'data-if-said');
    field.box.hidden = Boolean(on) && (!other || other.box.hidden || !saidIn(other).some(function (code) { return accepted.indexOf(code) >= 0; }));
    const more = field.box.querySelector('details');
    if (more && meansTrouble(field, saidIn(field))) more.open = true;
  });
}

/** The first field that is shown, has to be filled in and is not; none where somebody has to go again. */
export function findMissing(fields) {
  const isAgain = fields.some(function (field) {
    return !field.box.hidden && words(field.box, 'data-again').some(function (code) { return saidIn(field).indexOf(code) >= 0; });
  });
  return isAgain ? undefined : fields.find(function (field) {
    const hasPhotos = field.picker && (field.picker.photos.length || storedIn(field).length);
    return !field.box.hidden && field.box.hasAttribute('data-required') && !(field.kind === 'photo' ? hasPhotos : saidIn(field).length);
  });
}
