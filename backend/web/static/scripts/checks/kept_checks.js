/** Today's targets of this reader on this phone, with their forms: the list opens without network. Erased when somebody signs out. */

/** A name that phones remember. */
const CHECKS_KEPT_AS = 'checks:';
const own = CHECKS_KEPT_AS + document.body.getAttribute('data-owner');

/** @typedef {{id: string, form: string, name: string, until: number}} KeptTask */
/** @typedef {{at: number, stand_in: string, tasks: KeptTask[], html: string, forms: Record<string, string>}} KeptChecks */

/** What is kept, less what is over by now; null without any. @returns {KeptChecks | null} */
export function findKeptChecks() {
  try {
    const kept = JSON.parse(localStorage.getItem(own) || 'null');
    if (!kept) return null;
    kept.tasks = kept.tasks.filter(function (task) { return task.until > Date.now(); });
    if (kept.tasks.length) return kept;
    localStorage.removeItem(own);
  } catch (error) { /* then not */ }
  return null;
}

/** Keep this in place of what was kept; of nobody else anything stays. @param {KeptChecks | null} kept */
export function replaceKeptChecks(kept) {
  try {
    Object.keys(localStorage).forEach(function (name) { if (name.indexOf(CHECKS_KEPT_AS) === 0 && name !== own) localStorage.removeItem(name); });
    if (kept) localStorage.setItem(own, JSON.stringify(kept)); else localStorage.removeItem(own);
  } catch (error) { /* a full or private store: then with network only */ }
}

/** Where a page of checks goes on without network; empty where nothing is kept. @param {string} path */
export function keptChecksPage(path) {
  const asked = /^\/checks(?:\/(\d+))?$/.exec(path);
  const kept = asked && findKeptChecks();
  return kept ? kept.stand_in + (asked[1] ? '#' + asked[1] : '') : '';
}
