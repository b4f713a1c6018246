/** The page for when nothing can be had stands in for any page: of a door's address only the code is known. */
import { byId } from './dom.js';

const scanned = /^\/q\/([0-9A-Za-z-]+)$/.exec(location.pathname);

if (scanned) {
  const code = scanned[1].replace(/-/g, '').toUpperCase();
  const grouped = code.replace(/(.{4})(?=.)/g, '$1-');
  byId('report').setAttribute('data-code', code);
  byId('report').setAttribute('data-place', grouped);
  byId('plate-code').textContent = grouped;
}
['plate', 'report'].forEach(function (id) { byId(id).hidden = !scanned; });
byId('try-again').href = location.href;
