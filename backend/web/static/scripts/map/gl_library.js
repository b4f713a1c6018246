/** The library that draws maps: fetched only where a map stands, and only by browsers that can draw with it. */
import { loadStyle } from '../browser/lazy_script.js';

function canDraw() {
  try {
    return Boolean(document.createElement('canvas').getContext('webgl2'));
  } catch (error) { return false; }
}

/**
 * The library, ready to draw. Rejects where the browser cannot, or where it cannot be fetched.
 * @param {(name: string) => string} addressOf of what goes by this name
 */
export async function loadMapLibrary(addressOf) {
  if (!canDraw()) throw new Error('cannot draw');
  const loaded = await Promise.all([import(addressOf('library')), loadStyle(addressOf('library-style')), loadStyle(addressOf('map-style'))]);
  loaded[0].setWorkerUrl(new URL(addressOf('worker'), location.href).href);
  return loaded[0];
}
