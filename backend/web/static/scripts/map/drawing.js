/** The picture that stands where no map can be shown: fetched by those browsers alone that need it. */
import { createElement } from '../browser/dom.js';

/** @param {HTMLElement} element */
function roomOf(element) {
  return element.hasAttribute('data-drawing') ? /** @type {HTMLElement | null} */ (element.querySelector('.map-drawing')) : null;
}

/** As high as the map will be, so that nothing moves when it stands. @param {HTMLElement} element */
export function makeRoom(element) {
  const room = roomOf(element);
  if (room && !room.querySelector('img')) room.style.minHeight = element.getAttribute('data-high') || '';
}

/** @param {HTMLElement} element */
export function showPicture(element) {
  const room = roomOf(element);
  if (!room || room.querySelector('img')) return;
  room.style.minHeight = '';
  room.append(createElement('img', { className: 'map-picture', src: element.getAttribute('data-drawing') || '', alt: element.getAttribute('data-label') || '' }));
}
