/** Copy the tracking link, also where the clipboard interface is missing (plain http, old browsers). */
import { byId, createElement, translate } from '../browser/dom.js';

function copyBySelection(text) {
  const field = createElement('textarea', { value: text, readOnly: true });
  document.body.append(field);
  field.select();
  const isDone = document.execCommand('copy');
  field.remove();
  return isDone;
}

export function wireCopyLink() {
  const button = byId('copy-link');
  if (!button) return;
  button.onclick = async function () {
    const link = button.getAttribute('data-link');
    let isDone = false;
    try { await navigator.clipboard.writeText(link); isDone = true; } catch (error) { isDone = copyBySelection(link); }
    byId('copy-message').hidden = false;
    byId('copy-message').textContent = isDone ? translate('copy.done') : link;
  };
}
