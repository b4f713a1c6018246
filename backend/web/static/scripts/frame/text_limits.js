/** Texts that are too long: counted as the server counts them, characters, a line break being one. Reported, never cut. */
import { translate } from '../browser/dom.js';

document.addEventListener('input', function (event) {
  const field = /** @type {HTMLTextAreaElement} */ (event.target);
  const max = Number(field.getAttribute('data-max-length'));
  if (!max) return;
  const over = Array.from(field.value.trim()).length - max;
  field.setCustomValidity(over > 0 ? translate('form.too_long', { n: over, max: max }) : '');
});
