/** What an order's form sends: its fields, the moment, and the phone's position. */
import { locate, toFix } from '../browser/geolocation.js';

/** A position not older than this, as the API takes it. Rejects without one. @param {number} maxAgeMs */
export async function currentPoint(maxAgeMs) {
  const found = await locate(maxAgeMs, 8000);
  const age = Math.min(86400, Math.max(0, (Date.now() - found.timestamp) / 1000));
  return Object.assign(toFix(found), { datum: 'wgs84', age_s: age });
}

/**
 * The form as the API reads it: every field that is not empty, what several say of one name below each other, the present moment where it has a field for it, and the
 * position where it wants one.
 * @param {any} form @param {(need: string) => Promise<any>} pointOf asked with `required`, `optional` or `fresh`
 */
export async function formBody(form, pointOf) {
  /** @type {Record<string, any>} */
  const body = {};
  Array.from(form.elements).forEach(function (field) {
    const isChosen = field.type !== 'radio' && field.type !== 'checkbox' || field.checked;
    if (!field.name || field.name === 'key' || field.name === 'version' || field.type === 'file' || !isChosen || !field.value.trim()) return;
    if (/_ids$/.test(field.name)) body[field.name] = (body[field.name] || []).concat(field.value);
    else body[field.name] = (body[field.name] ? body[field.name] + '\n' : '') + field.value.trim();
  });
  if (form.elements.captured_at) body.captured_at = new Date().toISOString();
  const positioned = form.hasAttribute('data-position') ? form : form.querySelector('[data-position]');
  if (positioned) body.point = await pointOf(positioned.getAttribute('data-position'));
  return body;
}
