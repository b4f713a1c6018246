/** The page of a code for staff who close nothing at once: the report form, and the way out. */
import './leaving.js';
import './landing.js';
