/** 扫一扫 beside fields for a plate's code: what was read goes into the field, and the form goes on as if it had been typed. */
import { translate } from '../browser/dom.js';
import { keepScanner, presenceOf, scanPlate } from './scan_plate.js';

/** Beside the button. @param {any} form @param {string} text @param {boolean} [isBad] */
function showScanned(form, text, isBad) {
  const line = form.querySelector('.form-message') || document.getElementById('form-message');
  if (!line) return;
  line.hidden = !text;
  line.className = 'form-message ' + (isBad ? 'note bad' : 'quiet');
  line.textContent = text;
}

/** @param {any} button `data-scan`: the name of its field; `data-scan-only`: the form has more to be filled in */
async function scanInto(button) {
  const form = button.form;
  const field = form.elements[button.getAttribute('data-scan')];
  button.disabled = true;
  try {
    const text = await scanPlate();
    button.disabled = false;
    if (text === null) { field.focus(); return; }
    field.value = text;
    showScanned(form, translate('scan.read', { code: text }));
    if (form.elements.nonce) form.elements.nonce.value = await presenceOf(text);
    if (button.hasAttribute('data-scan-only')) field.focus(); else form.querySelector('[type=submit]').click();
  } catch (error) {
    showScanned(form, translate('scan.none'), true);
    button.disabled = false;
  }
}

/** Wire the buttons of the page, again after every refresh. */
export function wireScanButtons() {
  function wire() {
    Array.from(document.querySelectorAll('[data-scan]')).forEach(function (/** @type {any} */ button) {
      button.onclick = function () { scanInto(button); };
    });
  }
  wire();
  keepScanner();
  document.addEventListener('refreshed', wire);
}
