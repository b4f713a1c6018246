// Types that the page scripts share, for the type checker only. Service workers stand for themselves: their tests check them.

interface Window {
  /** Sends one photo in chunks; there once photos/resumable_upload.js has been loaded. */
  yimaResumableUpload?: (bytes: ArrayBuffer, key: string, onProgress: OnProgress) => Promise<Reply>;
  /** Prepares WeChat's SDK with the vendor's script of this address; there once wechat/page_sdk.js has been loaded. */
  yimaWechat?: (vendorScript: string) => Promise<WechatPage>;
  /** The code of ours that was held before the camera, or null; there once scanner/scanner.js has been loaded. */
  yimaScanPlate?: () => Promise<string | null>;
}

/** What a page may ask of WeChat, inside it. Both reject with `cancel` where the person did not want it. */
interface WechatPage {
  locate: () => Promise<any>;
  /** The text of the code that was held before the camera. */
  scan: () => Promise<string>;
}

/** What a page says of its map: see docs/maps.md. */
interface MapOptions {
  /** Address of the ground's tiles. */
  base: string;
  /** Address of the tiles of open orders; empty without. */
  orders: string;
  /** Which parts of the ground are drawn. */
  layers: string[];
  /** West, south, east, north. */
  bounds: number[] | null;
  /** Longitude and latitude of a pin that can be moved. */
  pin: number[] | null;
  picks: boolean;
  /** What addresses of places' pages begin with; empty where a press on one does nothing. */
  places: string;
  /** Whether a press on an order leads to it. */
  opens: boolean;
  moves: boolean;
  /** Of letters, signs and lines. */
  scale: number;
  /** How far apart orders are fetched anew; 0: never by the clock. */
  refreshMs: number;
  /** Addresses of another service's pictures, drawn beneath. */
  service: string[];
  /** What that service wants said. */
  credit: string;
  words: Record<string, string>;
  label: string;
  /** Things with a place of their own: lng, lat, text, tone, label, href. */
  marks: any[];
  /** Whether these are the stops of one way, in order. */
  isWay: boolean;
}

/** The vendor's SDK. */
declare const wx: any;

/** Reads codes in pictures, where the browser can. */
declare const BarcodeDetector: {
  new (options: { formats: string[] }): { detect(picture: ImageData): Promise<{ rawValue: string }[]> };
  getSupportedFormats(): Promise<string[]>;
};

interface DocumentEventMap {
  /** An item of the outbox changed: the item, or null for one that was removed. */
  outbox: CustomEvent<OutboxItem | null>;
  /** The page follows the outbox: what waits to be sent is listed, and its forms are hidden. */
  queued: CustomEvent<null>;
}

/** Called with how much of a body was sent, 0 to 1. */
type OnProgress = (part: number) => void;

/** A reply of the server; status 0 where the network failed. */
interface Reply {
  status: number;
  ok: boolean;
  /** The JSON body, empty where there is none. */
  body: any;
  /** What Retry-After asks for, in milliseconds; 0 without it. */
  waitMs: number;
  header: (name: string) => string | null;
}

/** A photo that was chosen: its bytes until it is uploaded, its id afterwards. */
interface Photo {
  id?: number | string;
  bytes?: ArrayBuffer;
  type?: string;
  /** Of one that another app shared: as it came, until a form takes it and makes it small. */
  blob?: Blob;
  /** Idempotency-Key of its upload. */
  key?: string;
  taken_at?: string;
  /** Field of the request that takes its id; `photo_ids` where none is said. */
  field?: string;
  /** Of an inspection: which of its findings it shows, from 0. */
  finding?: number;
  /** Of a campaign's record: the list of the body that `finding` counts in, where it is not that of findings. */
  among?: string;
}

/** A position as the API takes it. */
interface Fix {
  lng: number;
  lat: number;
  accuracy_m: number;
}

/** A place as an inspector chose it: its code, or the position that is reported. `value`: as the plain form sends it. */
interface ChosenPlace {
  value: string;
  label: string;
  code?: string;
  point?: any;
}

/** A report, or an order's action, as a form hands it to the outbox. */
interface NewItem {
  /** The client_id of a report, the Idempotency-Key of an action. */
  id: string;
  /** What it is about, in the reader's words. */
  name: string;
  photos: Photo[];

  /** Of a report: */
  code?: string;
  nonce?: string;
  point?: any;
  place?: string;
  item?: string;
  description?: string;
  captured_at?: string;
  /** Of a report that its inspector put right at once: what closes its order after it has arrived. */
  then?: { name: string; photos: Photo[] } | null;

  /** Of an action: the address that it goes to, its order, its transition, and the version which the page showed. */
  to?: string;
  order?: string;
  move?: string;
  body?: any;
  version?: string;
  /** The page on which it was written, where that is not its order's or its code's. */
  page?: string;
  /** The page to which it leads once it was sent, where that is another one. */
  after?: string;
  /** The refused item that it stands for, where the same may be said again of something else. */
  replaces?: string;
}

/**
 * What waits on the phone or was sent. Phones hold unsent items under these names, in the object store `outbox` of the
 * IndexedDB database `yima`: a new field may be added, none may be renamed.
 */
interface OutboxItem extends NewItem {
  /** Who wrote it: `device`, or the account; nobody else's session sends it. */
  owner: string | null;
  state: 'draft' | 'queued' | 'uploading' | 'sent' | 'rejected';
  percent: number;
  tries: number;
  /** Not to be sent before this instant, in milliseconds. */
  not_before: number;
  queued_at: string;
  /** Why the server refused it, in the reader's words. */
  reason?: string;
  /** Of a report that arrived: its number, its tracking page, its order. */
  number?: string;
  url?: string;
  order_id?: number;
  /** The version that an action made. */
  made?: number;
  /** By when its work is promised. */
  resolve_by?: string;
  /** Status of the reply because of which it waits; 0 where none came. */
  reply_status?: number;
  /** Of photos that another app shared: how many files were not taken, for their kind or size. */
  left_out?: number;
  /** Of a draft on the map, of which `point` is where its page was opened: the pin, and the place that was chosen. */
  pin?: Record<string, string>;
  where?: string;
}
