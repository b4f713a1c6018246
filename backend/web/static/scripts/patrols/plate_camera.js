/** Read a plate with the phone's camera, without network, where the browser can: the code goes into its form and is sent. */
import { translate } from '../browser/dom.js';

async function readPlate(form, input) {
  const line = form.querySelector('.form-message');
  try {
    const picture = await createImageBitmap(input.files[0]);
    const found = await new BarcodeDetector({ formats: ['qr_code'] }).detect(picture);
    if (!found.length) throw new Error('none');
    form.elements.code.value = found[0].rawValue;
    form.requestSubmit();
  } catch (error) {
    line.hidden = false;
    line.className = 'form-message note bad';
    line.textContent = translate('patrol.no_code');
  }
  input.value = '';
}

/** Offer the camera beside each field for a code, again after every refresh. */
export function wirePlateCameras() {
  function wire() {
    if (!('BarcodeDetector' in window)) return;
    Array.from(document.querySelectorAll('[data-plate-camera]')).forEach(function (/** @type {any} */ box) {
      const input = box.querySelector('input');
      box.hidden = false;
      input.onchange = function () { if (input.files.length) readPlate(input.form, input); };
    });
  }
  wire();
  document.addEventListener('refreshed', wire);
}
