/** Forms that bring photos and are sent as they are: the frame of every page, and what was chosen is shown. */
import './default.js';
import '../photos/plain_photos.js';
