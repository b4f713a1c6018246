/** The page of a code for staff who close nothing themselves: the report form, and signing out. */
import '../frame/leaving.js';
import '../report_form/code_report.js';
