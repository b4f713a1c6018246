/** Tiles of the ground are good for a year under its present version, which a page that may never draw a map does not know. */

const VERSION_AT = '/tiles/base/version';

/** Complete the address of the ground's tiles, where the page left its version open. @param {HTMLElement} element */
export async function nameGround(element) {
  const base = element.getAttribute('data-base') || '';
  if (base.indexOf('?v=') >= 0) return;
  const reply = await fetch(VERSION_AT, { credentials: 'omit' });
  if (!reply.ok) throw new Error('no version');
  element.setAttribute('data-base', base + '?v=' + encodeURIComponent(await reply.text()));
}
