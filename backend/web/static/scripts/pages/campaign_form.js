/** Fields of a campaign's form: the item of which an order is opened, by its words or its number. */
import './default.js';
import { wireItemChoice } from '../inspectors/item_choice.js';
import { byId } from '../browser/dom.js';

if (byId('item-search')) wireItemChoice(document.querySelector('form[data-item-choice]'), function () { /* nothing else follows */ });
