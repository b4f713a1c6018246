/** Before and after in one place, with a slider between them; of several photos of a side one is selected. */
import { createElement, translate } from '../browser/dom.js';
import { openViewer } from './viewer.js';

const MIDDLE = '50';
/** Where the slider stood before the page was refreshed. */
let stood = MIDDLE;

function linksOf(section, side) {
  return Array.from(section.querySelectorAll('[data-stage=' + side + '] a[data-large]'));
}

/** The small picture of a link, and the large one as soon as it is there. */
function showPhoto(picture, link) {
  const small = link.querySelector('img');
  picture.srcset = '';
  picture.sizes = '100vw';
  picture.onload = function () { picture.onload = null; picture.srcset = small.srcset; };
  picture.src = small.src;
  picture.alt = link.getAttribute('data-title');
}

/** Buttons for the photos of one side, where there are several. */
function choicesOf(links, title, onChoose) {
  if (links.length < 2) return null;
  const buttons = links.map(function (link, index) {
    const small = createElement('img', { src: link.querySelector('img').src, alt: link.getAttribute('data-title') });
    const made = createElement('button', { type: 'button', className: 'choice' }, [small]);
    made.setAttribute('aria-pressed', String(index === 0));
    made.addEventListener('click', function () {
      buttons.forEach(function (each) { each.setAttribute('aria-pressed', String(each === made)); });
      onChoose(link);
    });
    return made;
  });
  const group = createElement('div', { className: 'choices' }, buttons);
  group.setAttribute('role', 'group');
  group.setAttribute('aria-label', title);
  return group;
}

function sliderOf(box) {
  const range = createElement('input', { type: 'range', min: '0', max: '100', value: stood });
  range.setAttribute('aria-label', translate('viewer.slide'));
  function moved() {
    box.style.setProperty('--at', range.value + '%');
    stood = range.defaultValue = range.value;
  }
  range.addEventListener('input', moved);
  moved();
  return range;
}

function wireOne(section) {
  const sides = { before: linksOf(section, 'before'), after: linksOf(section, 'after') };
  if (!sides.before.length || !sides.after.length || section.classList.contains('is-split')) return;
  const selected = { before: sides.before[0], after: sides.after[0] };
  const box = createElement('div', { className: 'split' });
  const zoom = createElement('button', { type: 'button', className: 'btn split-zoom', textContent: translate('viewer.larger') });
  zoom.addEventListener('click', function () { openViewer(selected.after, zoom, true); });
  const groups = ['before', 'after'].map(function (side) {
    const title = section.querySelector('[data-stage=' + side + '] h3').textContent;
    const picture = createElement('img', { className: side, draggable: false });
    showPhoto(picture, selected[side]);
    box.append(picture, createElement('span', { className: 'split-label ' + side, textContent: title }));
    return choicesOf(sides[side], title, function (link) {
      selected[side] = link;
      showPhoto(picture, link);
    });
  });
  box.append(createElement('span', { className: 'split-line' }), sliderOf(box), zoom);
  section.classList.add('is-split');
  section.querySelector('.stages').before(box);
  groups.reverse().forEach(function (group) { if (group) box.after(group); });
}

/** Wire all comparisons of the page as it is now. */
export function wireComparisons() {
  Array.from(document.querySelectorAll('[data-compare]')).forEach(wireOne);
}
