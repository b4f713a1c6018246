/** A running instance behind the same face as `Server`: what the phone sends goes there over HTTP, byte for byte. */
const http = require('http');
const { randomUUID } = require('crypto');

function multipart(file) {
  const mark = randomUUID();
  const head = `--${mark}\r\nContent-Disposition: form-data; name="${file.name}"; filename="photo.jpg"\r\nContent-Type: image/jpeg\r\n\r\n`;
  return { type: `multipart/form-data; boundary=${mark}`, body: Buffer.concat([Buffer.from(head), Buffer.from(new Uint8Array(file.bytes)), Buffer.from(`\r\n--${mark}--\r\n`)]) };
}

class RealServer {
  /** `base`: where the instance listens; `host`: as which the program knows it, config.host. */
  constructor(base) {
    this.base = base;
    this.isReal = true;
    this.held = 0;
    this.requests = [];
    this.broken = [];
  }

  answer({ url, method, body, header, file }) {
    const address = url.replace(/^https?:\/\/[^/]+/, '');
    const parts = file ? multipart(file) : { type: 'application/json', body: body === undefined ? undefined : Buffer.from(JSON.stringify(body)) };
    this.requests.push({ method, path: address, body });
    return new Promise((resolve, reject) => {
      const headers = { ...header, ...(parts.body ? { 'Content-Type': parts.type, 'Content-Length': parts.body.length } : {}) };
      const request = http.request(this.base + address, { method, headers }, (answer) => {
        const pieces = [];
        answer.on('data', (piece) => pieces.push(piece));
        answer.on('end', () => {
          const text = Buffer.concat(pieces).toString('utf8');
          let found = text;
          try { found = text ? JSON.parse(text) : undefined; } catch (error) { /* not ours */ }
          resolve({ status: answer.statusCode, body: found, headers: answer.headers });
        });
      });
      request.on('error', reject);
      if (parts.body) request.write(parts.body);
      request.end();
    });
  }
}

module.exports = { RealServer };
