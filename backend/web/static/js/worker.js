/** Repeat visits without network: a service worker keeps the public page of this code, where the browser allows. */

const scripts = Array.from(document.querySelectorAll('link[rel=stylesheet], script[src]'));

function keepThisPage(registration) {
  const urls = scripts.map(function (element) { return element.href || element.src; });
  registration.active.postMessage({ keep: [location.pathname].concat(urls) });
}

if ('serviceWorker' in navigator) {
  window.addEventListener('load', function () {
    navigator.serviceWorker.register('/sw.js').then(function () { return navigator.serviceWorker.ready; })
      .then(keepThisPage).catch(function () { /* a bonus only: the outbox works without it */ });
  });
}
