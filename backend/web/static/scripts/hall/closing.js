/** Until when each offer can be grabbed, by the server's time; what is over, or cannot be sent, has no button to press. */
import { translate } from '../browser/dom.js';
import { duration, serverNow } from '../frame/countdowns.js';

function drawClosing(card) {
  const tag = card.querySelector('[data-closes]');
  if (!tag) return;
  const left = Number(tag.getAttribute('data-closes')) - serverNow();
  const text = left > 0 ? translate('hall.closes', { span: duration(left) }) : translate('hall.closed');
  if (tag.textContent !== text) tag.textContent = text;
  tag.classList.toggle('warn', left < 60000);
  const button = card.querySelector('form button');
  if (button && !card.hasAttribute('data-working')) button.disabled = left <= 0 || navigator.onLine === false || tag.hasAttribute('data-barred');
}

function drawCards() {
  Array.from(document.querySelectorAll('[data-offer]')).forEach(drawClosing);
}

/** Draw every card's time each second, and whenever the list or the network changed. */
export function startClosing() {
  drawCards();
  setInterval(drawCards, 1000);
  document.addEventListener('refreshed', drawCards);
  ['online', 'offline'].forEach(function (name) { window.addEventListener(name, drawCards); });
}
