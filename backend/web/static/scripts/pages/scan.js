/** The page that the shortcut to scan opens: a code that was typed leads on without network, too. */
import { byId } from '../browser/dom.js';
import './default.js';

const TYPED_CODE_ONLY = /^[0-9a-z]{4}-?[0-9a-z]{4}-?[0-9a-z]{4}$/i;

byId('scan').addEventListener('submit', function (event) {
  const typed = byId('code').value.trim();
  if (!TYPED_CODE_ONLY.test(typed)) return;
  event.preventDefault();
  location.assign('/q/' + typed.replace(/-/g, '').toUpperCase());
});
