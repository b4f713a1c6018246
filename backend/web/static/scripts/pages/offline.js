/** The page that stands in without network: a report for the scanned code, the outbox, and the page itself once it can be fetched. */
import { byId } from '../browser/dom.js';
import { keptChecksPage } from '../checks/kept_checks.js';
import '../frame/leaving.js';
import { showKeptList } from '../hall/kept_list.js';
import { listItems } from '../outbox/outbox.js';
import '../outbox/self_handled.js';
import { keptWalkPage } from '../patrols/kept_walk.js';
import '../report_form/code_from_address.js';
import { reportForm } from '../report_form/code_report.js';

if (byId('report').hidden) reportForm.reset = null;
if (location.pathname === '/hall') showKeptList();
offerWalk();
if (keptChecksPage(location.pathname)) location.replace(keptChecksPage(location.pathname));

/** Who is on a walk goes on with it; on other pages a link leads there. */
function offerWalk() {
  const page = keptWalkPage();
  if (!page || location.pathname === '/patrols/kept') return;
  if (/^\/patrols/.test(location.pathname)) { location.replace(page); return; }
  byId('to-walk').href = page;
  byId('to-walk').hidden = false;
}

async function isInUse() {
  const items = await listItems();
  const isWaiting = items.some(function (item) { return item.state === 'queued' || item.state === 'uploading'; });
  return isWaiting || document.querySelector('#taken-form form') || byId('photo-thumbs').firstChild || byId('description').value;
}

/** Only events tell: a server that cannot be reached leaves the browser online. */
function showNetwork(isBack) {
  byId('no-network').hidden = isBack;
  byId('network-back').hidden = !isBack;
}

/** Nothing that is being written or sent is interrupted; the link to try again stays. */
window.addEventListener('online', async function () {
  showNetwork(true);
  if (!(await isInUse())) location.reload();
});
window.addEventListener('offline', function () { showNetwork(false); });

/** A phone says that it is online before its network carries anything: whoever was stood in for then asks now and then. @param {number} pauseMs */
async function askAgain(pauseMs) {
  if (navigator.onLine && !(await isInUse())) {
    try {
      if ((await fetch(location.href, { credentials: 'same-origin', cache: 'no-store' })).ok) { location.reload(); return; }
    } catch (error) { /* not yet */ }
  }
  setTimeout(askAgain, pauseMs, Math.min(2 * pauseMs, 60000));
}
setTimeout(askAgain, 1000, 2000);
