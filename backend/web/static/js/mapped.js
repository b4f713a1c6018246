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
  return { point: { lng: pair[0], lat: pair[1] }, place: chosen.parentNode.textContent.trim() };
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
