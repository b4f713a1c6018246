/** A record that waits, by keyboard alone: a digit chooses an item, Enter sends, L puts off, / looks for an item, P for a place. */
import './default.js';
import { byId } from '../browser/dom.js';
import { wireItemChoice } from '../inspectors/item_choice.js';

const recordForm = byId('record-decision');

function isWriting(element) {
  return element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement || (element instanceof HTMLInputElement && element.type === 'text');
}

/** The radio of this digit, counted from one. @param {string} key @returns {HTMLInputElement | undefined} */
function radioOf(key) {
  return recordForm ? Array.from(recordForm.querySelectorAll('#item-chips input[name=item]'))[Number(key) - 1] : undefined;
}

/** Open whatever folds a field away, and go there. @param {string} id */
function goTo(id) {
  const field = byId(id);
  if (!field) return;
  const fold = field.closest('details');
  if (fold) fold.open = true;
  field.focus();
}

document.addEventListener('keydown', function (event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === 'Escape' && document.activeElement instanceof HTMLElement) { document.activeElement.blur(); return; }
  if (isWriting(document.activeElement)) return;
  const radio = /^[1-9]$/.test(event.key) ? radioOf(event.key) : undefined;
  if (radio) { radio.checked = true; radio.focus(); radio.dispatchEvent(new Event('change', { bubbles: true })); return; }
  if (event.key === '/') { event.preventDefault(); goTo('item-search'); }
  if (event.key === 'p') { event.preventDefault(); goTo('place-words'); }
  if (event.key === 'l' && byId('later')) byId('later').click();
  if (event.key === 'Enter' && recordForm && !(document.activeElement instanceof HTMLButtonElement) && !(document.activeElement instanceof HTMLAnchorElement)) {
    event.preventDefault();
    recordForm.requestSubmit();
  }
});

if (recordForm) {
  wireItemChoice(recordForm, function () {});
  byId('place-words').addEventListener('keydown', function (event) {
    if (event.key === 'Enter' && !event.isComposing) { event.preventDefault(); byId('place-search').click(); }
  });
}
