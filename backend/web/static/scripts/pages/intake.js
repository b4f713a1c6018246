/** A record that waits: its item is looked for by words, its place too. Its keys are in intake_keys.js. */
import './default.js';
import { byId } from '../browser/dom.js';
import { wireItemChoice } from '../inspectors/item_choice.js';

const recordForm = byId('record-decision');

if (recordForm) {
  wireItemChoice(recordForm, function () {});
  byId('place-words').addEventListener('keydown', function (event) {
    if (event.key === 'Enter' && !event.isComposing) { event.preventDefault(); byId('place-search').click(); }
  });
}
