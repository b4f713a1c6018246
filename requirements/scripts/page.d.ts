// What the scripts of the pages share beyond what browsers have. sw.js is a template and is checked by its tests.

interface Window {
  /** Sends one photo by pieces; there once tus.js has been loaded. */
  yimaTus?: (bytes: ArrayBuffer, key: string, onPart: (part: number) => void) => Promise<any>;
}

interface DocumentEventMap {
  /** Something in the outbox changed; the item, or null for one that is gone. */
  outbox: CustomEvent;
}
