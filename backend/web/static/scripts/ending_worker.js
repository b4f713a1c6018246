// The end of every service worker of ours, served in their place where a town has switched them off: drops the pages
// that phones keep, and itself. What waits to be sent lies elsewhere and stays.
'use strict';

self.addEventListener('install', function () { self.skipWaiting(); });

self.addEventListener('activate', function (event) {
  event.waitUntil(caches.keys().then(function (names) {
    return Promise.all(names.map(function (name) { return caches.delete(name); }));
  }).then(function () { return self.registration.unregister(); }));
});
