/** Fields of a campaign's form that take the phone's position. */
import { currentPoint } from '../orders/form_body.js';

/** Buttons that put the phone's position into a field. @param {any} form */
export function wirePositionFields(form) {
  Array.from(form.querySelectorAll('[data-fill-position]')).forEach(function (/** @type {any} */ button) {
    button.onclick = async function () {
      const field = form.elements[button.getAttribute('data-fill-position')];
      try {
        const point = await currentPoint(0);
        field.value = point.lng.toFixed(5) + ',' + point.lat.toFixed(5);
        field.dispatchEvent(new Event('change', { bubbles: true }));
      } catch (error) { field.focus(); }
    };
  });
}
