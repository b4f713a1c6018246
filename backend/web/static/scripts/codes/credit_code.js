/** Credit codes of GB 32100 in a form: what is wrong is said while one types. The server has the last word. */
import { byId, translate } from '../browser/dom.js';

const creditSigns = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** What is wrong with a whole code in plain form, as a key of the texts; empty for a good one. @param {string} code */
function faultOfCode(code) {
  if (/[^0-9A-HJ-NP-RTUW-Y]/.test(code)) return 'licence.sign';
  if (code.length !== 18) return 'licence.length';
  let sum = 0;
  let weight = 1;
  for (const sign of code.slice(0, 17)) {
    sum += creditSigns.indexOf(sign) * weight;
    weight = weight * 3 % 31;
  }
  return creditSigns[(31 - sum % 31) % 31] === code[17] ? '' : 'licence.check';
}

/** Says it below the field: of a code that is too short only when the field is left. @param {any} field @param {boolean} isLeft */
function tellFault(field, isLeft) {
  const code = field.value.normalize('NFKC').replace(/[\s\-‐-―−－_.·]/g, '').toUpperCase();
  const fault = code && (isLeft || code.length > 17) ? faultOfCode(code) : '';
  const told = byId(field.getAttribute('data-credit-code'));
  told.hidden = !fault;
  told.textContent = fault ? translate(fault) : '';
}

document.addEventListener('input', function (event) {
  if (/** @type {any} */ (event.target).hasAttribute('data-credit-code')) tellFault(event.target, false);
});
document.addEventListener('change', function (event) {
  if (/** @type {any} */ (event.target).hasAttribute('data-credit-code')) tellFault(event.target, true);
});
