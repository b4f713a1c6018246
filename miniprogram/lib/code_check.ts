/** Whether twelve characters are a code: the check character of `qr/codes.py`, so that a slip is told without network. */

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 12;
const FIELD_POLYNOMIAL = 0b100101;

function powersOfField(): number[] {
  const powers: number[] = [];
  let element = 1;
  for (let i = 0; i < 31; i += 1) {
    powers.push(element);
    element <<= 1;
    if (element & 32) element ^= FIELD_POLYNOMIAL;
  }
  return powers;
}

const POWERS = powersOfField();

function times(exponent: number, value: number): number {
  return value ? POWERS[(exponent + POWERS.indexOf(value)) % 31] : 0;
}

/** Whether a code stands as the registry has it. Only the registry knows whether it was ever made. */
export function isWellFormed(code: string): boolean {
  if (code.length !== LENGTH) return false;
  const values = Array.from(code, (sign) => ALPHABET.indexOf(sign));
  if (values.includes(-1)) return false;
  const sum = values.slice(0, -1).reduce((total, value, at) => total ^ times(at + 1, value), 0);
  return sum === values[LENGTH - 1];
}
