/** Beside the script of every page of staff: the app on the home screen, offered once, its number, and what is shared with it. */
import { showAppBadge } from '../frame/app_badge.js';
import { isInstalled, offerApp } from '../frame/install_app.js';
import { setUpSharing } from '../frame/share_target.js';

offerApp();
showAppBadge();
window.addEventListener('appinstalled', setUpSharing);
if (isInstalled()) window.addEventListener('load', setUpSharing);
