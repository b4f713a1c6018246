/** What a press on an order shows: its number at once, then what it is about and how much time is left, and the way to it. */
import { createElement } from '../browser/dom.js';

const SHOWN_MOST = 6;
const MINUTE_MS = 60000;

/** @param {string} sentence @param {Record<string, any>} facts */
function fill(sentence, facts) {
  return sentence.replace(/\{(\w+)\}/g, function (_, name) { return facts[name]; });
}

/** @param {Record<string, string>} words @param {string | null} dueAt */
function timeLeft(words, dueAt) {
  if (!dueAt) return words.no_clock;
  const minutes = Math.round((Date.parse(dueAt) - Date.now()) / MINUTE_MS);
  const facts = { h: Math.floor(Math.abs(minutes) / 60), m: Math.abs(minutes) % 60 };
  return fill(minutes < 0 ? words.over : words.left, facts);
}

/** Fill in what the tile does not say. Without network the number and the way to it are there all the same. */
async function tell(place, id, words) {
  try {
    const reply = await fetch('/api/v1/orders/' + id, { credentials: 'same-origin', headers: { Accept: 'application/json' } });
    if (!reply.ok) return;
    const order = await reply.json();
    const isEnglish = document.documentElement.lang === 'en';
    place.append(createElement('strong', { textContent: isEnglish ? order.item.name_en : order.item.name_zh }), createElement('span', { textContent: timeLeft(words, order.due_at) }));
  } catch (error) { /* said above */ }
}

function orderLine(feature, words) {
  const about = feature.properties;
  const place = createElement('div', { className: 'map-order-facts' });
  tell(place, feature.id, words);
  const state = words['state_' + about.state] || about.state;
  return createElement('li', {}, [
    createElement('p', { className: 'num', textContent: about.number + ' · ' + about.priority }),
    createElement('p', { textContent: state + (about.late ? ' · ' + words.late : '') }),
    place,
    createElement('a', { className: 'btn', href: '/o/' + feature.id, textContent: words.open_order }),
  ]);
}

/** @param {any[]} features orders at one spot @param {Record<string, string>} words */
export function orderPopup(features, words) {
  const lines = features.slice(0, SHOWN_MOST).map(function (feature) { return orderLine(feature, words); });
  const more = features.length - lines.length;
  const title = features.length > 1 ? createElement('h3', { textContent: fill(words.orders_here, { n: features.length }) }) : null;
  const rest = more > 0 ? createElement('p', { textContent: fill(words.more, { n: more }) }) : null;
  return createElement('div', { className: 'map-orders' }, [title, createElement('ul', {}, lines), rest]);
}
