/** Photos of a form that is sent as it is: what was chosen is shown below the buttons. */
import { byId, createElement, translate } from '../browser/dom.js';

document.addEventListener('change', function (event) {
  const box = /** @type {any} */ (event.target).closest('[data-photo-picker]');
  if (!box) return;
  const list = byId(box.getAttribute('data-photo-picker') + '-thumbs');
  list.querySelectorAll('img').forEach(function (image) { URL.revokeObjectURL(image.src); });
  list.textContent = '';
  const most = Number(box.getAttribute('data-max-photos'));
  const chosen = Array.from(box.querySelectorAll('input[type=file]')).reduce(function (count, input) { return count + input.files.length; }, 0);
  if (chosen > most) list.append(createElement('li', { textContent: translate('photo.too_many', { n: chosen - most, max: most }) }));
  box.querySelectorAll('input[type=file]').forEach(function (input) {
    Array.from(input.files).forEach(function (file) {
      list.append(createElement('li', {}, [createElement('img', { src: URL.createObjectURL(file), alt: file.name })]));
    });
  });
});
