/** The page of a code for residents. */
import '../report_form/code_report.js';
