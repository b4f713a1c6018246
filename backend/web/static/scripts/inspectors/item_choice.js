/** The matter of a report: one of the chips, of those found by words or number, or of the whole list. */
import { byId, createElement } from '../browser/dom.js';

const FOUND_MOST = 6;

/** The matters whose name holds these words, or whose number begins so. @param {any} select @param {string} typed */
function findItems(select, typed) {
  const said = typed.trim().toUpperCase();
  if (!said) return [];
  return Array.from(select.options).filter(function (option) {
    return option.value && (option.value.indexOf(said) === 0 || option.text.toUpperCase().indexOf(said) >= 0);
  }).slice(0, FOUND_MOST);
}

function itemChip(option) {
  const radio = createElement('input', { type: 'radio', name: 'item', value: option.value });
  if (option.hasAttribute('data-photos')) radio.setAttribute('data-photos', option.getAttribute('data-photos'));
  return createElement('label', { className: 'chip' }, [radio, createElement('span', { textContent: option.text })]);
}

/** Wire the choice of a form. @param {any} form @param {() => void} onChange */
export function wireItemChoice(form, onChange) {
  const other = form.elements.other;
  const found = byId('items-found');

  function current() {
    return other.value ? other.options[other.selectedIndex] : form.querySelector('input[name=item]:checked');
  }

  /** @param {string | undefined} code */
  function choose(code) {
    const radio = form.querySelector('input[name=item][value="' + code + '"]');
    other.value = radio ? '' : code;
    if (radio) radio.checked = true;
    onChange();
  }

  form.addEventListener('change', function (event) {
    if (event.target.name === 'item') other.value = '';
    if (event.target === other && other.value) form.querySelectorAll('input[name=item]').forEach(function (input) { input.checked = false; });
    onChange();
  });
  byId('item-search').oninput = function (event) {
    const picked = found.querySelector('input:checked');
    found.textContent = '';
    if (picked) other.value = picked.value;
    findItems(other, event.target.value).forEach(function (option) { found.append(itemChip(option)); });
  };
  byId('item-search').onkeydown = function (event) { if (event.key === 'Enter') event.preventDefault(); };
  return {
    current: current, choose: choose,
    name: function () { const option = current(); return option.text || option.parentNode.textContent.trim(); },
    photosNeeded: function () { const option = current(); return option && option.hasAttribute('data-photos') ? Number(option.getAttribute('data-photos')) : 1; },
  };
}
