/** The photos of a page in a dialog over it: large, one or two beside each other, with when and where each was taken. */
import { createElement, translate } from '../browser/dom.js';
import { createZoom } from './zoom.js';

const ZOOM_STEP = 1.6;
const MOVE_PX = 60;
const WIDE = '(min-width: 820px)';
/** @type {any} */
let dialog = null;
/** @type {any} */
let zoom = null;
/** @type {HTMLAnchorElement[]} */
let links = [];
let position = 0;
let isPaired = false;
/** @type {HTMLElement | null} */
let opener = null;
/** Whether the way back closes the dialog: `on`, or `leaving` until the browser has gone back. */
let wayBack = '';

function sideOf(link) {
  return link.getAttribute('data-side');
}

/** The photo on the other side: the first one after the work, or the last one before it. */
function counterpartOf(link) {
  const other = sideOf(link) === 'after' ? 'before' : sideOf(link) === 'before' ? 'after' : null;
  return links.find(function (each) { return other !== null && sideOf(each) === other; });
}

function paneOf(link) {
  const caption = createElement('figcaption', {}, [createElement('strong', { textContent: link.getAttribute('data-title') }), ' ' + link.getAttribute('data-facts')]);
  const picture = createElement('img', { src: link.getAttribute('data-large'), alt: link.getAttribute('data-title'), draggable: false });
  picture.addEventListener('error', function () { caption.textContent = translate('viewer.gone'); });
  return createElement('figure', {}, [createElement('div', { className: 'pane' }, [picture]), caption]);
}

function part(name) {
  return dialog.querySelector('.viewer-' + name);
}

function show() {
  const link = links[position];
  const counterpart = counterpartOf(link);
  const pair = isPaired && counterpart ? sideOf(link) === 'after' ? [counterpart, link] : [link, counterpart] : [link];
  part('frame').textContent = '';
  pair.forEach(function (each) { part('frame').append(paneOf(each)); });
  zoom.reset();
  part('position').textContent = translate('viewer.position', { n: position + 1, of: links.length });
  part('previous').disabled = position === 0;
  part('next').disabled = position === links.length - 1;
  part('pair').hidden = !counterpart;
  part('pair').setAttribute('aria-pressed', String(pair.length === 2));
}

function step(by) {
  if (!links[position + by]) return;
  position += by;
  show();
}

function pressed(event) {
  const along = { ArrowLeft: -1, ArrowRight: 1 }[event.key] || 0;
  const down = { ArrowUp: -1, ArrowDown: 1 }[event.key] || 0;
  if (zoom.isZoomed() && (along || down)) zoom.move(-along * MOVE_PX, -down * MOVE_PX);
  else if (along) step(along);
  else if (event.key === '+' || event.key === '=') zoom.by(ZOOM_STEP);
  else if (event.key === '-') zoom.by(1 / ZOOM_STEP);
  else return;
  event.preventDefault();
}

function button(name, sign, onclick) {
  const made = createElement('button', { type: 'button', className: 'btn viewer-' + name, textContent: sign || translate('viewer.' + name), onclick: onclick });
  if (sign) made.setAttribute('aria-label', translate('viewer.' + name));
  return made;
}

/** Closed by its button, by Esc or by the way back: the page is as it was, and the focus where it came from. */
function closed() {
  if (wayBack === 'on') { wayBack = 'leaving'; history.back(); }
  const isThere = opener && document.contains(opener);
  const back = isThere ? opener : document.querySelector('a[data-photo="' + links[position].getAttribute('data-photo') + '"]');
  if (back) /** @type {HTMLElement} */ (back).focus();
}

function addWayBack() {
  history.pushState({}, '');
  wayBack = 'on';
}

/** The browser went back: because the dialog was closed, and it may be open again by now, or in order to close it. */
function wentBack() {
  const isClosed = wayBack === 'leaving';
  wayBack = '';
  if (dialog.open && isClosed) addWayBack();
  else if (dialog.open) dialog.close();
}

function build() {
  const frame = createElement('div', { className: 'viewer-frame' });
  dialog = createElement('dialog', { className: 'viewer', onkeydown: pressed, onclose: closed }, [
    createElement('div', { className: 'viewer-bar' }, [
      createElement('p', { className: 'viewer-position num' }), button('pair', '', function () { isPaired = !isPaired; show(); }),
      button('close', '', function () { dialog.close(); }),
    ]),
    frame,
    createElement('div', { className: 'viewer-bar' }, [
      button('previous', '‹', function () { step(-1); }), button('smaller', '−', function () { zoom.by(1 / ZOOM_STEP); }),
      button('larger', '+', function () { zoom.by(ZOOM_STEP); }), button('next', '›', function () { step(1); }),
    ]),
  ]);
  dialog.setAttribute('aria-label', translate('viewer.title'));
  part('position').setAttribute('aria-live', 'polite');
  zoom = createZoom(frame, step);
  document.body.append(dialog);
  window.addEventListener('popstate', wentBack);
}

/**
 * Open the photo of this link, alone or beside the one that it is compared with.
 * @param {HTMLAnchorElement} link @param {HTMLElement} from where the focus goes back to @param {boolean} isPair
 */
export function openViewer(link, from, isPair) {
  if (!dialog) build();
  links = Array.from(document.querySelectorAll('a[data-large]'));
  position = links.indexOf(link);
  opener = from;
  isPaired = isPair;
  show();
  dialog.showModal();
  if (!wayBack) addWayBack();
}

/** Whatever links to a photo opens it over the page, where the browser has dialogs; else the link leads to its page. */
export function wireViewer() {
  if (!window.HTMLDialogElement) return;
  document.addEventListener('click', function (event) {
    const clicked = /** @type {HTMLElement} */ (event.target);
    const link = /** @type {HTMLAnchorElement | null} */ (clicked.closest('a[data-large]'));
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    openViewer(link, link, window.matchMedia(WIDE).matches);
  });
}
