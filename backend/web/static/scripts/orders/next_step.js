/** The one button at the foot of a handler's form: the camera while a photo is missing, then what sends everything. */
import { byId } from '../browser/dom.js';
import { formPickers } from './form_photos.js';
import { openCamera } from './viewfinder.js';

function pickerOf(form, role) {
  return formPickers(form).find(function (state) { return state.box.getAttribute('data-photo-picker') === role; });
}

/** How many photos of this role the form has, those of a refused form included. */
function countPhotos(form, role) {
  const picker = pickerOf(form, role);
  if (!picker) return 0;
  const stored = Array.from(form.elements).filter(function (/** @type {any} */ field) {
    return field.type === 'checkbox' && field.name === picker.field && field.checked;
  });
  return picker.photos.length + stored.length;
}

/** Show the button of what comes next, and that one alone; without scripts there is the last one only. */
export function showNextStep() {
  Array.from(document.querySelectorAll('form')).forEach(function (form) {
    const shots = /** @type {any[]} */ (Array.from(form.querySelectorAll('[data-shoot]')));
    if (!shots.length) return;
    const next = shots.find(function (button) {
      return countPhotos(form, button.getAttribute('data-shoot')) < Number(button.getAttribute('data-least'));
    });
    shots.forEach(function (button) { button.hidden = button !== next; });
    /** @type {any} */ (form.querySelector('button[type=submit]')).hidden = Boolean(next);
  });
}

/** The photo to lay over the camera: the one that was taken here a moment ago, else the one that the page shows. */
function guideFor(button) {
  if (!button.hasAttribute('data-guide')) return '';
  const before = pickerOf(button.form, 'before');
  const taken = before && before.photos[0];
  return taken && taken.bytes ? URL.createObjectURL(new Blob([taken.bytes], { type: taken.type })) : button.getAttribute('data-guide');
}

/** @param {() => void} onRepeat called where the camera was refused and its button has to be pressed once more */
export function wireCameraButtons(onRepeat) {
  document.addEventListener('click', async function (event) {
    const button = /** @type {any} */ (event.target).closest('[data-shoot]');
    if (!button) return;
    const role = button.getAttribute('data-shoot');
    byId(role + '-thumbs').scrollIntoView({ block: 'center' });
    if (await openCamera(role + '-camera', guideFor(button))) onRepeat();
  });
  document.addEventListener('change', showNextStep);
}
