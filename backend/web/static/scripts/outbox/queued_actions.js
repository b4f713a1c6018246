/** Actions on orders in the outbox: waiting, sent in turn, or refused with the reason. The page of the order follows them. */
import { byId, createElement, translate } from '../browser/dom.js';
import { isServerTrouble, retryTime } from '../browser/http.js';
import { refresh } from '../frame/live_updates.js';
import { removeItem, enqueue, sendPending, listItems, updateItem } from './outbox.js';

/** Ids of actions that this page has shown: they stay until it is left, sent ones too. */
const isShown = {};

function isPending(item) {
  return item.state === 'queued' || item.state === 'uploading';
}

async function listActions(order) {
  return (await listItems()).filter(function (item) { return item.to && (!order || item.order === order); });
}

/** Whether an action on this order is still to be sent: none may overtake another. @param {string} order */
export async function hasPending(order) {
  return (await listActions(order)).some(isPending);
}

/** Drop a refused action of this kind, once it was taken again; of what may be said again, only the one that it replaces. @param {NewItem} item */
export async function discardRejected(item) {
  for (const old of await listActions(item.order)) if (old.move === item.move && old.state === 'rejected' && (!item.replaces || item.replaces === old.id)) await removeItem(old.id);
}

/** Put an action into the outbox, in place of a refused one of its kind. @param {NewItem} item */
export async function queueAction(item) {
  await discardRejected(item);
  await enqueue(item);
}

async function retry(item) {
  await updateItem(item, { state: 'queued', percent: 0, tries: 0, not_before: 0 });
  sendPending();
}

function statusText(item) {
  if (item.state === 'draft') return translate('queue.draft_next');
  if (item.state === 'rejected') return item.reason;
  if (item.state === 'uploading') return translate('queue.sending', { n: item.percent });
  if (navigator.onLine === false) return translate('queue.offline');
  return isServerTrouble(item.reply_status) ? translate('queue.server', { at: retryTime(item) }) : translate('queue.waiting');
}

/** What is still there of a refused action, and what to do next. */
function savedText(item, order, restore) {
  const next = restore ? 'queue.fix_next' : order ? '' : item.order ? 'queue.open_next' : 'queue.open_page_next';
  return translate('queue.saved', { n: item.photos.length }) + (next && ' ' + translate(next));
}

function actionButton(name, onclick) {
  return createElement('button', { type: 'button', className: 'btn', textContent: translate('queue.' + name), onclick: onclick });
}

/** `restore` puts the action back into its form; null where this page has none. */
function actionButtons(item, order, restore) {
  const list = [];
  const page = item.state === 'sent' && item.after || item.page || '/o/' + item.order;
  if (!order && page !== location.pathname + location.search) list.push(createElement('a', { className: 'btn', href: page, textContent: translate(item.order ? 'queue.open' : 'queue.open_page') }));
  if (restore) list.push(actionButton('fix', restore));
  if (item.state === 'rejected') list.push(actionButton('again', function () { retry(item); }));
  if (item.state === 'rejected' || item.state === 'draft') list.push(actionButton('delete', function () { removeItem(item.id); }));
  return createElement('p', { className: 'row' }, list);
}

function actionRow(item, order, restore) {
  const key = item.state === 'sent' ? 'queue.sent' : item.state === 'rejected' ? 'queue.rejected' : item.state === 'draft' ? 'queue.draft' : 'queue.title';
  const tone = item.state === 'sent' ? 'good' : item.state === 'rejected' ? 'bad' : 'warn';
  const at = new Date(item.queued_at);
  const time = [at.getHours(), at.getMinutes()].map(function (n) { return ('0' + n).slice(-2); }).join(':');
  const element = createElement('div', { className: 'note ' + tone }, [createElement('div', {}, [
    createElement('strong', { textContent: translate(key, { name: item.name }) }),
    item.state === 'sent' ? null : createElement('p', { textContent: statusText(item) }),
    item.state === 'rejected' && item.photos.length ? createElement('p', { textContent: savedText(item, order, restore) }) : null,
    createElement('p', { className: 'num', textContent: translate('queue.at', { at: time }) }),
    actionButtons(item, order, restore),
  ])]);
  element.setAttribute('data-state', item.state);
  return element;
}

/** Whether an action was taken or waits to be sent and the page, read before, does not show its effect yet. */
function isAheadOfPage(item) {
  const live = byId('live');
  const version = live && Number(live.getAttribute('data-version'));
  return isPending(item) || Boolean(item.state === 'sent' && version && item.made > version);
}

/** Hide the forms of actions that were taken already; a check-in in the outbox opens the form of the next action at once. */
function followQueue(items) {
  const waiting = items.filter(isAheadOfPage).map(function (item) { return item.move; });
  Array.from(document.querySelectorAll('[data-hide-after]')).forEach(function (/** @type {any} */ element) {
    element.hidden = waiting.indexOf(element.getAttribute('data-hide-after')) >= 0;
  });
  const next = byId('next-action');
  if (!next) return;
  next.hidden = waiting.indexOf('check-in') < 0 || waiting.indexOf('finish') >= 0;
  const bar = byId(next.hidden ? 'order-action' : 'next-action-form');
  ['upload-percent', 'upload-progress', 'form-message'].forEach(function (id) { bar.prepend(byId(id)); });
}

/**
 * Keep the list of this page in step with the outbox: the actions on one order, or on a page of orders all of them.
 * @param {(item: OutboxItem) => (() => void) | null} [restorerOf] what puts an item back into its form, if the page has it
 */
export function showQueuedActions(restorerOf) {
  const list = byId('queued-actions');
  if (!list) return;
  const order = list.getAttribute('data-order');
  async function draw(event) {
    const items = await listActions(order);
    list.textContent = '';
    items.forEach(function (item) {
      if (item.state !== 'sent') isShown[item.id] = true;
      const restore = restorerOf && item.state === 'rejected' ? restorerOf(item) : null;
      if (isShown[item.id] && (item.state !== 'draft' || !restorerOf)) list.append(actionRow(item, order, restore));
    });
    list.hidden = !list.firstChild;
    followQueue(items);
    document.dispatchEvent(new CustomEvent('queued'));
    const item = event && event.detail;
    if (item && item.state === 'sent' && item.order && byId('live')) refresh();
  }
  ['outbox', 'refreshed'].forEach(function (name) { document.addEventListener(name, draw); });
  ['online', 'offline'].forEach(function (name) { window.addEventListener(name, draw); });
  draw();
}
