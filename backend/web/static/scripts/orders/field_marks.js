/** The field that the server refused, marked where it is: in red, with the reason beside it, and led to. */
import { createElement } from '../browser/dom.js';

/** What a reply says is missing or wrong, as forms name it. @param {Reply} reply @returns {string[]} */
function namesIn(reply) {
  const extra = reply.body.extra || {};
  const missing = Array.isArray(extra.missing) ? extra.missing : Object.keys(extra.missing || {});
  return missing.concat(extra.fields || [], extra.field || []);
}

/** The first of some fields of one name: radios, or a camera and an album. */
function fieldOf(form, name) {
  const found = form.elements[name];
  return found && !found.tagName ? found[0] : found;
}

export function clearMarks(form) {
  Array.from(form.elements).forEach(function (field) { field.removeAttribute('aria-invalid'); });
  document.querySelectorAll('.field-problem').forEach(function (line) { line.remove(); });
}

/** @param {any} form @param {Reply} reply @param {string} text */
export function markRefused(form, reply, text) {
  const field = namesIn(reply).map(function (name) { return fieldOf(form, name); }).find(Boolean);
  if (!field || field.type === 'hidden') return;
  const line = createElement('p', { id: 'field-problem', className: 'note bad field-problem', textContent: text });
  field.setAttribute('aria-invalid', 'true');
  field.setAttribute('aria-describedby', line.id);
  (field.closest('.photo-inputs') || field.closest('.chips') || field).after(line);
  field.focus();
}
