/** What is not in sight is not fetched: most readers of a long page never come to its map. */

const AHEAD = '300px';

/** @param {HTMLElement} element @param {() => void} then once */
export function whenSeen(element, then) {
  if (!('IntersectionObserver' in window)) { then(); return; }
  const watch = new IntersectionObserver(function (entries) {
    if (!entries.some(function (entry) { return entry.isIntersecting; })) return;
    watch.disconnect();
    then();
  }, { rootMargin: AHEAD });
  watch.observe(element);
}
