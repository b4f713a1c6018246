/** Requests: to https addresses of the listed hosts alone, ten at once, a minute long, ended in the background. */
const { checkOptions, VendorRefusal } = require('../refusal');

const AT_ONCE = 10;
const LONGEST_MS = 60000;
const METHODS = ['OPTIONS', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'TRACE', 'CONNECT'];
const COMMON = { url: '*string', header: 'object', timeout: 'number', enableProfile: 'boolean' };
const REQUEST = {
  ...COMMON, method: 'string', data: 'string|object|array|ArrayBuffer', dataType: 'string', responseType: 'string',
  enableHttp2: 'boolean', enableCache: 'boolean', enableQuic: 'boolean', enableChunked: 'boolean', forceCellularNetwork: 'boolean',
};
const UPLOAD = { ...COMMON, filePath: '*string', name: '*string', formData: 'object' };

function checkHeader(api, header = {}) {
  for (const [name, value] of Object.entries(header)) {
    if (name.toLowerCase() === 'referer') throw new VendorRefusal(api, 'header must not set Referer');
    if (api === 'uploadFile' && name.toLowerCase() === 'content-type') throw new VendorRefusal(api, 'sets Content-Type itself');
    if (typeof value !== 'string') throw new VendorRefusal(api, `header ${name} is no string`);
  }
}

function networkApi(phone) {
  const under = new Set();
  const listeners = [];

  /** Start one request: `send` hands it to the server, `succeed` tells the program what came. */
  function start(api, options, send, succeed) {
    const { url, timeout = LONGEST_MS, fail, complete } = options;
    if (!phone.mayReach(url)) throw phone.refuse(new VendorRefusal(api, `url not in domain list: ${url}`));
    if (timeout > LONGEST_MS) throw phone.refuse(new VendorRefusal(api, 'waits for a minute at most'));
    if (under.size >= AT_ONCE) throw phone.refuse(new VendorRefusal(api, 'more than ten at once'));
    const life = phone.life;
    const progress = [];
    const task = { isOver: false };
    under.add(task);
    const over = (tell) => {
      if (task.isOver) return;
      task.isOver = true;
      under.delete(task);
      if (phone.lives(life)) tell();
    };
    task.fail = (reason) => over(() => {
      const answer = { errMsg: `${api}:fail ${reason}`, errno: 600001 };
      if (fail) fail(answer);
      if (complete) complete(answer);
    });
    phone.work(async () => {
      await undefined;
      if (task.isOver) return;
      if (!phone.isOnline) { task.fail(''); return; }
      phone.effect(`send ${options.method || 'POST'} ${url}`);
      let answer;
      try { answer = await send((part) => progress.forEach((listener) => listener({ progress: part, totalBytesSent: part, totalBytesExpectedToSend: 100 }))); } catch (error) {
        if (error instanceof VendorRefusal || error.isOfTest) throw error;
        task.fail(error.isTimeout ? 'timeout' : '');
        return;
      }
      if (!phone.isOnline) { task.fail(''); return; }
      phone.effect(`answer ${options.method || 'POST'} ${url}`);
      over(() => succeed(answer));
    }).catch(() => undefined);
    return { abort: () => task.fail('abort'), onProgressUpdate: (listener) => progress.push(listener), onHeadersReceived() {}, offHeadersReceived() {} };
  }

  return {
    api: {
      request(options) {
        phone.note('request', options);
        phone.guard('request', () => {
          checkOptions('request', options, REQUEST);
          checkHeader('request', options.header);
          if (!METHODS.includes(options.method || 'GET')) throw new VendorRefusal('request', `has no method ${options.method}`);
        });
        const { url, method = 'GET', data, header = {}, success, complete } = options;
        const body = data === undefined ? undefined : JSON.parse(JSON.stringify(data));
        return start('request', options, () => phone.server.answer({ url, method, body, header }), ({ status, body: found, headers = {} }) => {
          const text = found === undefined ? '' : typeof found === 'string' ? found : JSON.parse(JSON.stringify(found));
          const answer = { statusCode: status, data: text, header: headers, cookies: [], errMsg: 'request:ok' };
          if (success) success(answer);
          if (complete) complete(answer);
        });
      },
      uploadFile(options) {
        phone.note('uploadFile', options);
        phone.guard('uploadFile', () => {
          checkOptions('uploadFile', options, UPLOAD);
          checkHeader('uploadFile', options.header);
        });
        const { url, filePath, name, header = {}, success, complete } = options;
        const bytes = phone.files.get(filePath) || phone.temporary.get(filePath);
        return start('uploadFile', options, async (tell) => {
          if (!bytes) throw new Error('file not found');
          tell(50);
          const answer = await phone.server.answer({ url, method: 'POST', header, file: { name, bytes } });
          tell(100);
          return answer;
        }, ({ status, body }) => {
          const answer = { statusCode: status, data: body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body), errMsg: 'uploadFile:ok' };
          if (success) success(answer);
          if (complete) complete(answer);
        });
      },
      getNetworkType({ success, fail, complete } = {}) {
        phone.guard('getNetworkType', () => undefined);
        const life = phone.life;
        const told = phone.work(async () => undefined).then(() => {
          if (!phone.lives(life)) return new Promise(() => {});
          const answer = { networkType: phone.isOnline ? '4g' : 'none', errMsg: 'getNetworkType:ok' };
          if (success) success(answer);
          if (complete) complete(answer);
          return answer;
        });
        return success || fail || complete ? undefined : told;
      },
      onNetworkStatusChange(listener) { phone.guard('onNetworkStatusChange', () => undefined); listeners.push(listener); },
      offNetworkStatusChange(listener) { listeners.splice(listeners.indexOf(listener), 1); },
    },
    tellNetwork() {
      listeners.slice().forEach((listener) => listener({ isConnected: phone.isOnline, networkType: phone.isOnline ? '4g' : 'none' }));
    },
    endAll(reason) { Array.from(under).forEach((task) => task.fail(reason)); },
    count: () => under.size,
  };
}

module.exports = { networkApi };
