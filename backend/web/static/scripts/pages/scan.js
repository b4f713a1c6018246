/** The page that the shortcut to scan opens, with the camera at once; a code leads on without network, too. */
import { byId } from '../browser/dom.js';
import { wireScanButtons } from '../codes/scan_buttons.js';
import './default.js';

const BARE_CODE = /^[0-9a-z]{4}-?[0-9a-z]{4}-?[0-9a-z]{4}$/i;

byId('scan').addEventListener('submit', function (event) {
  const typed = byId('code').value.trim().replace(location.origin + '/q/', '');
  if (!BARE_CODE.test(typed)) return;
  event.preventDefault();
  location.assign('/q/' + typed.replace(/-/g, '').toUpperCase());
});
wireScanButtons();
if (location.search === '?from=app') /** @type {HTMLButtonElement} */ (document.querySelector('[data-scan]')).click();
