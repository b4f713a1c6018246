/** Open the form around a position, which no address and no history holds. `about`: how exact it is, in metres. */
import { make } from './dom.js';

export function openAround(point) {
  const said = { lng: Number(point.lng).toFixed(6), lat: Number(point.lat).toFixed(6), about: point.about || '' };
  const fields = Object.keys(said).map(function (name) { return make('input', { type: 'hidden', name: name, value: said[name] }); });
  const form = make('form', { method: 'post', action: '/here' }, fields);
  document.body.append(form);
  form.submit();
}
