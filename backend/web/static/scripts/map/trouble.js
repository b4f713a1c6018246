/** Words beneath a map whose orders the server does not give out for a while: what is seen may be old. */

const TOO_MANY = 429;

/** @param {any} map @param {() => HTMLElement} elementOf where the map stands now @param {Record<string, string>} words */
export function tellOfTrouble(map, elementOf, words) {
  function say(text) {
    const line = /** @type {HTMLElement | null} */ (elementOf().querySelector('.map-trouble'));
    if (!line || line.textContent === text) return;
    line.textContent = text;
    line.hidden = !text;
  }

  map.on('error', function (event) {
    if (event.sourceId === 'orders' && event.error && event.error.status === TOO_MANY) say(words.too_many);
  });
  map.on('data', function (event) {
    if (event.sourceId === 'orders' && event.tile && event.tile.state === 'loaded') say('');
  });
}
