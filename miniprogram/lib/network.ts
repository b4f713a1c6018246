/** Whether the phone has a network, as WeChat says; for as long as it has not said so, it is taken to have one. */

type Listener = (isOnline: boolean) => void;

let online = true;
const listeners: Listener[] = [];

function set(isOnline: boolean): void {
  if (isOnline === online) return;
  online = isOnline;
  listeners.slice().forEach((listener) => listener(isOnline));
}

/** Begin to follow the network; once, when the program starts. */
export function followNetwork(): void {
  wx.onNetworkStatusChange((now) => set(now.isConnected));
  checkNetwork();
}

/** Ask anew, as after a time in the background, in which no change is told. */
export function checkNetwork(): void {
  wx.getNetworkType({ success: (now) => set(now.networkType !== 'none') });
}

export function isOnline(): boolean {
  return online;
}

/** Be called at every change, until the returned function is called. */
export function onNetworkChange(listener: Listener): () => void {
  listeners.push(listener);
  return () => {
    const at = listeners.indexOf(listener);
    if (at >= 0) listeners.splice(at, 1);
  };
}
