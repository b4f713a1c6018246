/** Where to begin without a plate and without a place; a report that is to be put right is led on to its own. */
import { openAround } from './around.js';
import { askWhere } from './here.js';

askWhere(openAround);
if (sessionStorage.around) {
  const around = JSON.parse(sessionStorage.around);
  sessionStorage.removeItem('around');
  openAround(around);
}
