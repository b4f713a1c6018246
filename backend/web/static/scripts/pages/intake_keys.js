/**
 * The keys of a record that waits: a digit chooses an item, Enter sends, L puts off, / looks for an item, P for a place.
 *
 * Fetched before the page is read, so that no key is lost: what is pressed while the page is still coming is done in the
 * order in which it was pressed, once the other scripts are there too. Nobody decides what they cannot have seen: Enter
 * counts from the first paint on, and not once the page is about to be left.
 */

/** What was pressed too early. @type {string[] | null} */
let early = [];
let isLeaving = false;

/** @param {string} id @returns {any} */
function find(id) {
  return document.getElementById(id);
}

function isWriting(element) {
  return element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement || (element instanceof HTMLInputElement && element.type === 'text');
}

/** The radio of this digit, counted from one. @param {string} key @returns {HTMLInputElement | undefined} */
function radioOf(key) {
  return /** @type {HTMLInputElement[]} */ (Array.from(document.querySelectorAll('#item-chips input[name=item]')))[Number(key) - 1];
}

/** Open whatever folds a field away, and go there. @param {string} id */
function goTo(id) {
  const field = find(id);
  if (!field) return;
  const fold = field.closest('details');
  if (fold) fold.open = true;
  field.focus();
}

/** @param {string} key */
function carryOut(key) {
  if (isLeaving || isWriting(document.activeElement)) return;
  const radio = /^[1-9]$/.test(key) ? radioOf(key) : undefined;
  if (radio) { radio.checked = true; radio.focus(); radio.dispatchEvent(new Event('change', { bubbles: true })); }
  if (key === '/') goTo('item-search');
  if (key === 'p') goTo('place-words');
  if (key === 'l' && find('later')) { isLeaving = true; find('later').click(); }
  if (key === 'Enter' && find('record-decision')) find('record-decision').requestSubmit();
}

/** Whether Enter is the browser's own here. @param {Element | null} element */
function isPressable(element) {
  return element instanceof HTMLButtonElement || element instanceof HTMLAnchorElement || (element !== null && element.tagName === 'SUMMARY');
}

function isSeen() {
  return early === null || performance.getEntriesByType('paint').length > 0;
}

document.addEventListener('keydown', function (event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const active = document.activeElement;
  if (event.key === 'Escape' && active instanceof HTMLElement) { active.blur(); return; }
  if (isWriting(active) || !/^(?:[1-9/pl]|Enter)$/.test(event.key)) return;
  if (event.key === 'Enter' && isPressable(active)) return;
  event.preventDefault();
  if (event.key === 'Enter' && (event.repeat || !isSeen())) return;
  if (early) early.push(event.key); else carryOut(event.key);
});

document.addEventListener('DOMContentLoaded', function () {
  const pressed = early || [];
  early = null;
  pressed.forEach(carryOut);
});

window.addEventListener('submit', function (event) { isLeaving = !event.defaultPrevented; });
window.addEventListener('pageshow', function () { isLeaving = false; });
