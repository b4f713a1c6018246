/** Copy the link to follow, also where the clipboard interface is missing (plain http, old browsers). */
import { byId, make, speak } from './dom.js';

function oldWay(text) {
  const field = make('textarea', { value: text, readOnly: true });
  document.body.append(field);
  field.select();
  const isDone = document.execCommand('copy');
  field.remove();
  return isDone;
}

export function copyLink() {
  const button = byId('copy');
  if (!button) return;
  button.onclick = async function () {
    const link = button.getAttribute('data-link');
    let isDone = false;
    try { await navigator.clipboard.writeText(link); isDone = true; } catch (error) { isDone = oldWay(link); }
    byId('copied').hidden = false;
    byId('copied').textContent = isDone ? speak('copy.done') : link;
  };
}
