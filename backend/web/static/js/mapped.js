/** The report form of a place on the map: the pin's, or that of a place beside it. */
import './here.js';
import { byId } from './dom.js';
import { fileBy } from './filing.js';

const form = byId('report');
// Not by the form's own list of fields, of which `item` is a method.
const matter = byId('item');

function where() {
  const chosen = form.querySelector('input[name=where]:checked');
  const pair = chosen.value.split(',').map(Number);
  const about = Number(form.elements.about.value);
  const isPhones = about && about <= 100 && pair[0] === Number(form.elements.lng.value) && pair[1] === Number(form.elements.lat.value);
  const how = isPhones ? { accuracy_m: about } : { source: 'manual' };
  return { point: Object.assign({ lng: pair[0], lat: pair[1] }, how), place: chosen.parentNode.textContent.trim() };
}

if (form) {
  fileBy(form, {
    option: function () { return matter.options[matter.selectedIndex]; },
    choose: function (wanted) { matter.value = wanted; },
    where: where,
    isHere: function (item) { return Boolean(item.point); },
    say: byId('missing'),
  });
}
