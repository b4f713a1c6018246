/** The list of the hall: facts change in place, what is gone stays where it is, what is new waits behind a bar. Nothing moves under a finger. */
import { byId, translate } from '../browser/dom.js';

/** The list as the server said it last; put on the page when the reader asks for it. @type {HTMLElement | null} */
let latestList = null;

/** @param {Element} box @returns {any[]} */
function cardsIn(box) {
  return Array.from(box.querySelectorAll('[data-offer]'));
}

/** The card of this offer on the page. @param {string | number} offerId @returns {any} */
export function cardOf(offerId) {
  return byId('offer-' + offerId);
}

/**
 * Write the end into a card, where its button was: it keeps its place and its height.
 * @param {any} card @param {Node | string} words @param {string} tagText instead of its time
 */
export function endCard(card, words, tagText) {
  const place = card.querySelector('.offer-action');
  card.setAttribute('data-ended', '');
  card.querySelector('[data-closes]').textContent = tagText;
  card.querySelector('[data-closes]').removeAttribute('data-closes');
  place.textContent = '';
  place.append(words);
}

function updateCard(card, fresh) {
  if (card.hasAttribute('data-ended') || card.hasAttribute('data-working')) return;
  if (!fresh) { endCard(card, translate('hall.gone'), translate('hall.over')); return; }
  card.querySelector('.offer-facts').replaceWith(document.importNode(fresh.querySelector('.offer-facts'), true));
}

/** Whether the reader has not got this card before the eyes: it is new, or was gone and came back. @param {any} fresh */
function isNew(fresh) {
  const card = cardOf(fresh.id.replace('offer-', ''));
  return !card || (card.hasAttribute('data-ended') && !card.classList.contains('won'));
}

function showWaiting(count) {
  const bar = byId('new-offers');
  const text = translate('hall.waiting', { n: count });
  if (bar.textContent !== text) bar.textContent = text;
  bar.hidden = !count;
}

/** Put the latest list on the page, nearest first. */
export function showLatest() {
  if (latestList) byId('offers').replaceWith(document.importNode(latestList, true));
  latestList = null;
  showWaiting(0);
  byId('no-offers').hidden = cardsIn(byId('offers')).length > 0;
  document.dispatchEvent(new CustomEvent('refreshed'));
}

/**
 * Bring the page in step with what the server says now. An empty page has nothing to keep in place: it shows all at once.
 * @param {HTMLElement} fresh the list of the page that was fetched
 */
export function keepInStep(fresh) {
  const shown = cardsIn(byId('offers'));
  const cards = cardsIn(fresh);
  latestList = fresh;
  if (!shown.length) { showLatest(); return; }
  shown.forEach(function (card) {
    updateCard(card, cards.find(function (each) { return each.id === card.id; }));
  });
  showWaiting(cards.filter(isNew).length);
  document.dispatchEvent(new CustomEvent('refreshed'));
}
