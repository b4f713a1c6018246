/** What another app shared with ours: an inspector's goes on into the quick report by itself, others say where it lies. */
import { byId, createElement, translate } from '../browser/dom.js';
import { wireScanButtons } from '../codes/scan_buttons.js';
import '../frame/connection.js';
import '../frame/leaving.js';
import '../inspectors/own_page.js';
import { removeItem } from '../outbox/outbox.js';
import { goOnWith, listShared } from '../report_form/shared_photos.js';

const THUMBS_MOST = 3;
/** What share_worker.js says instead of a name where it took nothing → the note on the page. */
const REFUSALS = { none: 'share-failed', full: 'share-full', foreign: 'share-foreign' };
const nameInAddress = new URLSearchParams(location.search).get('of') || '';
const list = byId('shared-list');
/** Where this reader's go on; empty for those who choose. */
const into = list ? list.getAttribute('data-into') : '';

/** @param {Photo} photo */
function sharedThumb(photo) {
  const url = URL.createObjectURL(/** @type {Blob} */ (photo.blob));
  const picture = createElement('img', { src: url, alt: translate('photo.chosen') });
  picture.onload = picture.onerror = function () { URL.revokeObjectURL(url); };
  return createElement('li', {}, [picture]);
}

/** @param {string} name @param {() => void} onclick @param {boolean} [isMain] */
function shareButton(name, onclick, isMain) {
  return createElement('button', { type: 'button', className: isMain ? 'btn main' : 'btn full', textContent: translate('share.' + name), onclick: onclick });
}

/** @param {string} name @param {OutboxItem} item @param {string} page @param {boolean} [isMain] */
function wayOn(name, item, page, isMain) {
  return shareButton(name, function () {
    goOnWith(item);
    location.assign(page);
  }, isMain);
}

/** @param {OutboxItem} item */
function waysOn(item) {
  return into ? [wayOn('report', item, into, true)] : [wayOn('by_code', item, '/scan', true), wayOn('by_map', item, '/here')];
}

async function discardShared(item) {
  await removeItem(item.id);
  drawShared();
}

/** @param {OutboxItem} item */
function sharedCard(item) {
  const count = item.photos.length;
  return createElement('section', { className: 'card stack' }, [
    createElement('h2', { textContent: count ? translate('share.count', { n: count }) : translate('share.words') }),
    createElement('ul', { className: 'thumbs' }, item.photos.slice(0, THUMBS_MOST).map(sharedThumb)),
    item.description ? createElement('p', { textContent: item.description }) : null,
    item.left_out ? createElement('p', { className: 'note warn', textContent: translate('share.left_out', { n: item.left_out }) }) : null,
  ].concat(waysOn(item), [shareButton('discard', function () { discardShared(item); })]));
}

async function drawShared() {
  const shared = await listShared(nameInAddress);
  const fresh = shared.find(function (item) { return item.id === 'shared:' + nameInAddress; });
  if (into && fresh && !fresh.left_out && fresh.photos.length && !sessionStorage[fresh.id]) {
    sessionStorage[fresh.id] = 'shown';
    goOnWith(fresh);
    location.replace(into);
    return;
  }
  list.textContent = '';
  shared.forEach(function (item) { list.append(sharedCard(item)); });
  byId('share-none').hidden = shared.length > 0;
  Object.keys(REFUSALS).forEach(function (name) { byId(REFUSALS[name]).hidden = nameInAddress !== name; });
}

if (list) drawShared(); else wireScanButtons();
