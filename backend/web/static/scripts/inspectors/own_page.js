/** A page that is kept for the time without network is its reader's alone: where somebody else signed in since, the page that stands in is shown. */

/** Whose phone this was before this page says so in turn: see frame/offline_pages.js. */
function readerBefore() {
  try { return String(localStorage.reader || '').split(',')[0]; } catch (error) { return ''; }
}

if (navigator.onLine === false && readerBefore() && readerBefore() !== document.body.getAttribute('data-owner')) location.replace('/offline');
