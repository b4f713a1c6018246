/** The page that stands in without network, for any page: of a code's address only the code is known. */
import { byId } from '../browser/dom.js';

const address = /^\/q\/([0-9A-Za-z-]+)$/.exec(location.pathname);

if (address) {
  const scannedCode = address[1].replace(/-/g, '').toUpperCase();
  const grouped = scannedCode.replace(/(.{4})(?=.)/g, '$1-');
  byId('report').setAttribute('data-code', scannedCode);
  byId('report').setAttribute('data-place', grouped);
  byId('plate-code').textContent = grouped;
}
['plate', 'report'].forEach(function (id) { byId(id).hidden = !address; });
byId('try-again').href = location.href;
