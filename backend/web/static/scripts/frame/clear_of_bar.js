/** A field that has focus is never under the bar at the foot of the screen. */

/** Scroll a field that was reached under the bar out from under it. */
export function keepFieldsClear() {
  document.addEventListener('focusin', function (event) {
    const field = /** @type {HTMLElement} */ (event.target);
    const bar = Array.from(document.querySelectorAll('.bar')).find(function (one) { return one.getClientRects().length > 0; });
    if (!bar || bar.contains(field)) return;
    const box = field.getBoundingClientRect();
    const covered = box.bottom + 8 - bar.getBoundingClientRect().top;
    if (covered > 0 && box.top < window.innerHeight) window.scrollBy(0, Math.min(covered, box.top));
  });
}
