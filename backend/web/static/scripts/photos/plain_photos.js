/** Photos of a form that is sent as it is: what was chosen is shown below the buttons. */
import { byId, createElement } from '../browser/dom.js';

document.addEventListener('change', function (event) {
  const box = /** @type {any} */ (event.target).closest('[data-photo-picker]');
  if (!box) return;
  const list = byId(box.getAttribute('data-photo-picker') + '-thumbs');
  list.querySelectorAll('img').forEach(function (image) { URL.revokeObjectURL(image.src); });
  list.textContent = '';
  box.querySelectorAll('input[type=file]').forEach(function (input) {
    Array.from(input.files).forEach(function (file) {
      list.append(createElement('li', {}, [createElement('img', { src: URL.createObjectURL(file), alt: file.name })]));
    });
  });
});
