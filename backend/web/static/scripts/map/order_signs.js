/** The signs of orders: what state one is in is told by its shape, so that no colour has to be told from another. */

const SIDE = 30;
const FINER = 2;
export const IN_TIME = '#0b4f9e';
export const LATE = '#c2410c';
const RESTING = '#4b5967';

/** @param {CanvasRenderingContext2D} pen */
function ring(pen) { pen.arc(15, 15, 10.5, 0, 7); }

/** A triangle with its point upwards. @param {CanvasRenderingContext2D} pen */
function triangle(pen) {
  pen.moveTo(15, 2.5);
  pen.lineTo(28, 26);
  pen.lineTo(2, 26);
  pen.closePath();
}

/** @param {CanvasRenderingContext2D} pen */
function square(pen) { pen.rect(5.5, 5.5, 19, 19); }

/** @param {string} color @param {(pen: CanvasRenderingContext2D) => void} shape @param {(pen: CanvasRenderingContext2D) => void} mark */
function draw(color, shape, mark) {
  const canvas = Object.assign(document.createElement('canvas'), { width: SIDE * FINER, height: SIDE * FINER });
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  pen.scale(FINER, FINER);
  pen.beginPath();
  shape(pen);
  pen.lineJoin = 'round';
  pen.strokeStyle = '#fff';
  pen.lineWidth = 4;
  pen.stroke();
  pen.fillStyle = color;
  pen.fill();
  pen.fillStyle = '#fff';
  mark(pen);
  return pen.getImageData(0, 0, SIDE * FINER, SIDE * FINER);
}

function dot(pen) {
  pen.beginPath();
  pen.arc(15, 15, 3.5, 0, 7);
  pen.fill();
}

function exclamation(pen) {
  pen.fillRect(13.4, 10, 3.2, 8.5);
  pen.fillRect(13.4, 20.4, 3.2, 3.2);
}

function pause(pen) {
  pen.fillRect(10.5, 10, 3.2, 10);
  pen.fillRect(16.3, 10, 3.2, 10);
}

/** Give the map the signs: a disc while there is time, a triangle when it is over, a square while the clock rests. */
export function addOrderSigns(map) {
  [['order-open', draw(IN_TIME, ring, dot)], ['order-late', draw(LATE, triangle, exclamation)], ['order-resting', draw(RESTING, square, pause)]].forEach(function (sign) {
    map.addImage(sign[0], sign[1], { pixelRatio: FINER });
  });
}
