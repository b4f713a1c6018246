/** How many orders wait for the reader, on the icon of the app: asked on each page, and again when something happened. */

const SETTLE_MS = 300;
const LOOK_EVERY_MS = 2000;
let askedAt = 0;
let nextLook = 0;

/** Whether this phone shows numbers on icons is its own matter; what it refuses is nobody's trouble. @param {number} count */
function showCount(count) {
  const shown = count ? navigator.setAppBadge(count) : navigator.clearAppBadge();
  Promise.resolve(shown).catch(function () { /* not allowed here */ });
}

async function look() {
  nextLook = 0;
  askedAt = Date.now();
  try {
    const reply = await fetch('/api/v1/me/open-orders', { credentials: 'same-origin', headers: { Accept: 'application/json' } });
    if (reply.ok) showCount((await reply.json()).open_orders);
    else if (reply.status === 401) showCount(0);
  } catch (error) { /* no network: the number stays what it was */ }
}

function lookSoon() {
  if (!nextLook) nextLook = setTimeout(look, Math.max(SETTLE_MS, askedAt + LOOK_EVERY_MS - Date.now()));
}

/** Keep the number while this page is open. */
export function showAppBadge() {
  if (!('setAppBadge' in navigator)) return;
  look();
  document.addEventListener('happened', lookSoon);
  document.addEventListener('outbox', function (event) { if (event.detail && event.detail.state === 'sent') lookSoon(); });
  document.addEventListener('visibilitychange', function () { if (!document.hidden) lookSoon(); });
}
