/** Forms with the credit code of a shop: the frame of every page, and the code checked while one types. */
import './default.js';
import '../codes/credit_code.js';
import { wireScanButtons } from '../codes/scan_buttons.js';

wireScanButtons();
