/** Open the report form around a point by POST, so that no address and no history holds the position. */
import { createElement } from '../browser/dom.js';

/** `about`: how exact the point is, in metres. @param {{lng: number, lat: number, about?: number}} point */
export function openMapReport(point) {
  const values = { lng: Number(point.lng).toFixed(6), lat: Number(point.lat).toFixed(6), about: point.about || '' };
  const fields = Object.keys(values).map(function (name) {
    return createElement('input', { type: 'hidden', name: name, value: values[name] });
  });
  const pointForm = createElement('form', { method: 'post', action: '/here' }, fields);
  document.body.append(pointForm);
  pointForm.submit();
}
