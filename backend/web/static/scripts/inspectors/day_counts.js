/** The day in numbers, in step with the outbox: what the server has of this reader today, and what is still on this phone. */
import { byId } from '../browser/dom.js';
import { listItems } from '../outbox/outbox.js';

const pageMadeMs = Number(document.body.getAttribute('data-server-time'));
const SHANGHAI_MS = 28800000;
/** Ids of reports that were not sent yet while this page was open. */
const wasUnsent = {};

/** @param {number} ms */
function dayOf(ms) {
  return new Date(ms + SHANGHAI_MS).toISOString().slice(0, 10);
}

async function drawCounts() {
  const items = await listItems();
  const today = dayOf(Date.now());
  const reports = items.filter(function (item) { return !item.to && dayOf(Date.parse(item.queued_at)) === today; });
  reports.forEach(function (item) { if (item.state !== 'sent') wasUnsent[item.id] = true; });
  const since = reports.filter(function (item) { return item.state === 'sent' && (wasUnsent[item.id] || Date.parse(item.queued_at) > pageMadeMs); });
  const before = dayOf(pageMadeMs) === today ? Number(byId('today-count').getAttribute('data-count')) : 0;
  byId('today-count').textContent = String(before + since.length);
  const unsent = items.filter(function (item) { return item.state !== 'sent' && item.state !== 'draft'; }).length;
  byId('unsent-count').textContent = String(unsent);
  byId('unsent').hidden = !unsent;
}

/** Keep the numbers of the page. */
export function showDayCounts() {
  document.addEventListener('outbox', drawCounts);
  drawCounts();
}
