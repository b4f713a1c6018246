/** One tap grabs: one request under one key, and within a second who won, or what else is near. */
import { byId, createElement, translate } from '../browser/dom.js';
import { isRetryable, isServerTrouble, postJson } from '../browser/http.js';
import { duration, serverNow } from '../frame/countdowns.js';
import { grabBody } from './asking.js';
import { cardOf, endCard, showLatest } from './offer_list.js';

const SLOW_MS = 1500;
const NEARBY_MOST = 3;
/** Why an offer is not to be had by anybody any more; every other reason is the reader's own. */
const GONE = ['taken', 'window-over', 'withdrawn'];

/** Say it beside the button. @param {any} form @param {string} text @param {boolean} [isBad] */
function sayInForm(form, text, isBad) {
  const line = form.querySelector('.form-message');
  line.textContent = text;
  line.hidden = !text;
  line.className = 'form-message ' + (isBad ? 'note bad' : 'quiet');
}

/** Show what became of the tap at the foot of the screen, where it moves no card. @param {string} text @param {string} tone @param {any[]} [rest] */
function showResult(text, tone, rest) {
  const box = byId('grab-result');
  const close = createElement('button', {
    type: 'button', className: 'btn', textContent: translate('hall.close'), onclick: function () { box.hidden = true; },
  });
  const head = createElement('div', { className: 'row spread' }, [createElement('strong', { className: 'grow', textContent: text }), close]);
  const parts = [head].concat(rest || []);
  box.textContent = '';
  box.append(createElement('div', { className: 'note ' + tone }, [createElement('div', {}, parts)]));
  box.hidden = false;
}

/** Bring the card of this offer into sight, where it is new with the whole latest list. */
function showCard(offerId) {
  if (!cardOf(offerId) || cardOf(offerId).hasAttribute('data-ended')) showLatest();
  const card = cardOf(offerId);
  if (!card) return;
  byId('grab-result').hidden = true;
  card.scrollIntoView({ block: 'center' });
  const button = card.querySelector('button');
  if (button) button.focus();
}

function distanceText(metres) {
  if (metres === null) return '';
  return metres < 1000 ? translate('hall.metres', { m: Math.max(50, metres) }) : translate('hall.km', { km: (metres / 1000).toFixed(1) });
}

/** @param {any[]} nearby offers as the API names them */
function nearbyRows(nearby) {
  const isEnglish = document.documentElement.lang === 'en';
  const rows = nearby.slice(0, NEARBY_MOST).map(function (offer) {
    const item = isEnglish ? offer.item.name_en || offer.item.name_zh : offer.item.name_zh;
    const text = [item, distanceText(offer.distance_m)].filter(Boolean).join(' · ');
    return createElement('li', {}, [createElement('button', {
      type: 'button', className: 'btn full', textContent: text, onclick: function () { showCard(offer.id); },
    })]);
  });
  return rows.length ? [createElement('p', { textContent: translate('hall.else') }), createElement('ul', { className: 'stack' }, rows)] : [];
}

function showWon(card, body) {
  const path = body.is_lead ? '/o/' + body.order.id : '/volunteer';
  const link = createElement('a', { className: 'btn main', href: path + '?done=grab', textContent: translate('hall.go') });
  endCard(card, link, translate('hall.yours'));
  card.classList.add('won');
  const span = duration(Math.max(0, Date.parse(body.lease_until) - serverNow()));
  showResult(translate('hall.won', { number: body.order.number, span: span }), 'good');
}

function showRefused(card, form, body) {
  const facts = body.extra || {};
  const isGone = GONE.indexOf(facts.reason) >= 0;
  const text = facts.winner ? translate('hall.taken_by', { who: facts.winner }) : isGone ? translate('hall.gone') : body.detail;
  if (isGone) endCard(card, text, translate('hall.over'));
  else sayInForm(form, text, true);
  showResult(text, 'warn', nearbyRows(facts.nearby || []));
}

async function grab(card, form) {
  const slow = setTimeout(function () { sayInForm(form, translate('hall.slow')); }, SLOW_MS);
  const reply = await postJson(form.getAttribute('data-grab'), grabBody(), form.elements.key.value);
  clearTimeout(slow);
  sayInForm(form, '');
  if (reply.ok) showWon(card, reply.body);
  else if (reply.status === 401) form.submit();
  else if (reply.status === 409) showRefused(card, form, reply.body);
  else if (isServerTrouble(reply.status)) sayInForm(form, translate('hall.server'), true);
  else sayInForm(form, isRetryable(reply.status) ? translate('hall.unknown') : reply.body.detail, true);
}

async function submitGrab(event) {
  const form = event.target;
  if (!form.hasAttribute('data-grab')) return;
  event.preventDefault();
  const card = form.closest('[data-offer]');
  const button = form.querySelector('button');
  if (button.disabled) return;
  const words = button.textContent;
  card.setAttribute('data-working', '');
  button.disabled = true;
  button.textContent = translate('hall.grabbing');
  await grab(card, form);
  card.removeAttribute('data-working');
  button.disabled = false;
  button.textContent = words;
}

/** Wire every form by which an offer of this page is grabbed, those that come later included. */
export function wireGrabbing() {
  document.addEventListener('submit', submitGrab);
}
