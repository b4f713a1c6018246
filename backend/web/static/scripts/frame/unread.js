/** How much is unread, in the bar and in the title, without a reload; what rings; and an order that was opened is read. */
import { byId } from '../browser/dom.js';
import { sendRequest } from '../browser/http.js';
import { hasSound, heardUpTo, ringFor, wireSound } from './sound.js';

/** A message is written a moment after the event of which the page is told; a late one is found at the second look. */
const WRITTEN_MS = 700;
const SECOND_LOOK_MS = 4000;
const LOOK_EVERY_MS = 5000;
const IDLE_MS = 60000;
const pageTitle = document.title;
let lookedAt = 0;
let firstLook = 0;
let secondLook = 0;

function unreadCount() {
  return Number(byId('unread').firstElementChild.textContent);
}

function showUnread(count) {
  byId('unread').firstElementChild.textContent = String(count);
  byId('unread').hidden = !count;
  document.title = (count ? '(' + count + ') ' : '') + pageTitle;
}

async function look() {
  firstLook = 0;
  if (document.hidden && !hasSound()) return;
  lookedAt = Date.now();
  const address = byId('inbox-link').getAttribute('data-state') + '?after=' + heardUpTo();
  const reply = await sendRequest('GET', address);
  if (!reply.ok) return;
  showUnread(reply.body.unread);
  ringFor(reply.body.ring);
}

function lookSoon() {
  if (!firstLook) firstLook = setTimeout(look, Math.max(WRITTEN_MS, lookedAt + LOOK_EVERY_MS - Date.now()));
  clearTimeout(secondLook);
  secondLook = setTimeout(look, SECOND_LOOK_MS);
}

/** Whoever has the order's page before them knows what they were told of it. */
async function readOrder() {
  const shown = document.querySelector('#live[data-read]');
  if (!shown || document.hidden || !unreadCount()) return;
  const reply = await sendRequest('POST', shown.getAttribute('data-read') || '');
  if (reply.ok) look();
}

/** For pages with the bar of somebody who has an inbox. */
export function startUnread() {
  if (!byId('unread')) return;
  wireSound();
  showUnread(unreadCount());
  readOrder();
  if (hasSound()) look();
  document.addEventListener('happened', lookSoon);
  document.addEventListener('refreshed', readOrder);
  document.addEventListener('visibilitychange', function () { if (!document.hidden) { readOrder(); lookSoon(); } });
  setInterval(look, IDLE_MS);
}
