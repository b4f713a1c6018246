/** One line that offers the app, where the browser can put it on the home screen or its reader can by hand; put away, it stays away. */
import { byId } from '../browser/dom.js';

/** A name that phones remember. */
const PUT_AWAY = 'install:later';
/** What the browser gave to ask with. @type {any} */
let offered = null;

/** Whether this page was opened from the home screen. */
export function isInstalled() {
  return window.matchMedia('(display-mode: standalone)').matches || /** @type {any} */ (navigator).standalone === true;
}

function isPutAway() {
  try { return Boolean(localStorage.getItem(PUT_AWAY)); } catch (error) { return false; }
}

function putAway() {
  byId('install-app').hidden = true;
  try { localStorage.setItem(PUT_AWAY, '1'); } catch (error) { /* then it is asked on the next page again */ }
}

async function install() {
  offered.prompt();
  await offered.userChoice;
  putAway();
}

/** Show the line when the browser says that it could install; on an iPhone, which never says so, with the way by hand. */
export function offerApp() {
  byId('install-later').onclick = putAway;
  byId('install-do').onclick = install;
  if (isInstalled() || isPutAway()) return;
  window.addEventListener('beforeinstallprompt', function (event) {
    event.preventDefault();
    offered = event;
    byId('install-app').hidden = false;
  });
  window.addEventListener('appinstalled', putAway);
  if (/** @type {any} */ (navigator).standalone !== false) return;
  byId('install-words').textContent = byId('install-words').getAttribute('data-ios');
  byId('install-do').hidden = true;
  byId('install-app').hidden = false;
}
