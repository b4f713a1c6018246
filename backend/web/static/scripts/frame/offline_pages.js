/** Visits without network: a service worker caches this page where it is public, and the page that stands in for others. */

const pageAssets = Array.from(document.querySelectorAll('link[rel=stylesheet], script[src]'));
const reader = [document.body.getAttribute('data-owner'), document.documentElement.lang, document.documentElement.className].join();

/** The page that stands in speaks this reader's language and sends under this reader's name; another reader's is replaced. */
function cachePages(registration) {
  const urls = [location.pathname].concat(pageAssets.map(function (/** @type {any} */ element) { return element.href || element.src; }));
  if (localStorage.reader !== reader) urls.push('/offline');
  localStorage.reader = reader;
  registration.active.postMessage({ keep: urls });
}

if ('serviceWorker' in navigator) {
  window.addEventListener('load', function () {
    navigator.serviceWorker.register('/sw.js').then(function () { return navigator.serviceWorker.ready; })
      .then(cachePages).catch(function () { /* a bonus only: the outbox works without it */ });
  });
}
