/** What an order's form says, and where its phone is. */
import { fixOf, locate } from './position.js';

/** A fresh position as the API takes it. Rejects without one. */
export async function position() {
  const found = await locate(30000, 8000);
  const age = Math.min(86400, Math.max(0, (Date.now() - found.timestamp) / 1000));
  return Object.assign(fixOf(found), { datum: 'wgs84', age_s: age });
}

/** What the form says, as the API reads it: every field that is not empty, when the tap was made, and where by `pointOf`. */
export async function bodyOf(form, pointOf) {
  const body = {};
  Array.from(form.elements).forEach(function (field) {
    const isChosen = field.type !== 'radio' && field.type !== 'checkbox' || field.checked;
    if (!field.name || field.name === 'key' || field.name === 'version' || field.type === 'file' || !isChosen || !field.value.trim()) return;
    if (/_ids$/.test(field.name)) body[field.name] = (body[field.name] || []).concat(field.value);
    else body[field.name] = field.value.trim();
  });
  if (form.elements.captured_at) body.captured_at = new Date().toISOString();
  const gps = form.hasAttribute('data-gps') ? form : form.querySelector('[data-gps]');
  if (gps) body.point = await pointOf(gps.getAttribute('data-gps'));
  return body;
}
