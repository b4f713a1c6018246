/** The page that stands in without network, for inspectors: with the shops and check lists that they took along. */
import './offline.js';
import { showTakenAlong } from '../inspections/kept_pages.js';

showTakenAlong();
