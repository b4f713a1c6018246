/** The last list that the hall showed, on this phone: what can still be read without network, with its age. */
import { byId, createElement, translate } from '../browser/dom.js';
import { duration } from '../frame/countdowns.js';

/** A name that phones remember; erased when somebody signs out. */
const KEPT_AS = 'hall:' + document.body.getAttribute('data-owner');

/** Keep what the cards say. @param {Element} list */
export function keepList(list) {
  const rows = Array.from(list.querySelectorAll('[data-offer]'), function (card) {
    return Array.from(card.querySelectorAll('[data-kept]'), function (part) { return String(part.textContent).trim(); });
  });
  try { localStorage.setItem(KEPT_AS, JSON.stringify({ at: Date.now(), rows: rows })); } catch (error) { /* then not */ }
}

/** What was kept last, or null. @returns {{at: number, rows: string[][]} | null} */
function findKept() {
  try { return JSON.parse(localStorage.getItem(KEPT_AS) || 'null'); } catch (error) { return null; }
}

/** How old the list is, in words; empty without one. */
export function ageOfList() {
  const kept = findKept();
  return kept ? translate('kept.age', { span: duration(Math.max(0, Date.now() - kept.at)) }) : '';
}

/** Show the list to read, where no page can be had. */
export function showKeptList() {
  const kept = findKept();
  if (!kept || !kept.rows.length) return;
  byId('kept-offers-age').textContent = ageOfList();
  kept.rows.forEach(function (parts) {
    byId('kept-offers-list').append(createElement('li', { className: 'row' }, [createElement('p', { textContent: parts.join(' · ') })]));
  });
  byId('kept-offers').hidden = false;
}
