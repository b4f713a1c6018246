/** The report form on the page of a scanned code. */
import { byId } from '../browser/dom.js';
import '../frame/connection.js';
import '../frame/offline_pages.js';
import '../frame/text_limits.js';
import { createReportForm } from './report_form.js';

const form = byId('report');
const code = form.getAttribute('data-code');

function selectedItem() {
  const other = form.elements.other;
  if (other.value) return other.options[other.selectedIndex];
  return form.querySelector('input[name=item]:checked');
}

/** @param {string | undefined} itemCode */
function selectItem(itemCode) {
  const chip = form.querySelector('input[name=item][value="' + itemCode + '"]');
  if (chip) { chip.checked = true; return; }
  form.elements.other.value = itemCode;
  form.elements.other.closest('details').open = true;
  uncheckChips();
}

function uncheckChips() {
  Array.from(form.querySelectorAll('input[name=item]')).forEach(function (input) { input.checked = false; });
}

form.addEventListener('change', function (event) {
  if (event.target.name === 'item') form.elements.other.value = '';
  if (event.target.name === 'other' && event.target.value) uncheckChips();
});
/** What the list of reports calls; a page that has more forms adds to it. @type {any} */
export const reportForm = createReportForm(form, {
  path: '/q/' + code,
  selectedItem: selectedItem,
  selectItem: selectItem,
  location: function () { return { code: code, nonce: form.elements.nonce.value, place: form.getAttribute('data-place') }; },
  isOwn: function (item) { return item.code === code; },
});
