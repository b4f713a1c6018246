/** Pages with photos of an order: before and after compared in place, and every photo over the page. */
import { wireComparisons } from '../photos/compare.js';
import { wireViewer } from '../photos/viewer.js';

wireViewer();
wireComparisons();
document.addEventListener('refreshed', wireComparisons);
