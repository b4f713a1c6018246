/** The report form of a code. */
import { byId } from './dom.js';
import { fileBy } from './filing.js';
import './net.js';
import './worker.js';

const form = byId('report');
const code = form.getAttribute('data-code');

function chosenOption() {
  const other = form.elements.other;
  if (other.value) return other.options[other.selectedIndex];
  return form.querySelector('input[name=item]:checked');
}

function choose(wanted) {
  const chip = form.querySelector('input[name=item][value="' + wanted + '"]');
  if (chip) chip.checked = true; else form.elements.other.value = wanted;
}

form.addEventListener('change', function (event) {
  if (event.target.name === 'item') form.elements.other.value = '';
  if (event.target.name === 'other' && event.target.value) {
    Array.from(form.querySelectorAll('input[name=item]')).forEach(function (input) { input.checked = false; });
  }
});
/** What the tray of reports does here; a page that has more forms adds to it. */
export const trayHooks = fileBy(form, {
  option: chosenOption,
  choose: choose,
  where: function () { return { code: code, nonce: form.elements.nonce.value, place: form.getAttribute('data-place') }; },
  isHere: function (item) { return item.code === code; },
  say: byId('say'),
});
