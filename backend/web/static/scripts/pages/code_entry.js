/** Pages that ask for the code of a plate: the frame of every page, and the scanner beside the field. */
import './default.js';
import { wireScanButtons } from '../codes/scan_buttons.js';

wireScanButtons();
