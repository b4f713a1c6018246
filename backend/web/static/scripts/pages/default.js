/** Pages with nothing of their own to script: what the frame of every page needs. */
import '../frame/connection.js';
import '../frame/leaving.js';
import '../frame/offline_pages.js';
import '../frame/text_limits.js';
