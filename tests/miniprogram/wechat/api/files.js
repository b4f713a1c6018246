/** The program's own folder, 200 MB in all, and temporary files, which go when WeChat likes and with the program's end. */
const { vendorCall } = require('../calls');

const FOLDER = 'http://usr';
const ALL_BYTES = 200 * 1024 * 1024;

function filesApi(phone) {
  const { files } = phone;

  function found(api, path) {
    const bytes = files.get(path) || phone.temporary.get(path);
    if (!bytes) throw { errMsg: `${api}:fail no such file or directory, open '${path}'` };
    return bytes;
  }

  function used() {
    return Array.from(files.values()).reduce((sum, bytes) => sum + bytes.byteLength, 0);
  }

  const manager = {
    readFile: vendorCall(phone, 'readFile', { filePath: '*string', encoding: 'string', position: 'number', length: 'number' }, ({ filePath, position = 0, length }) => {
      const bytes = found('readFile', filePath);
      if (length !== undefined && position + length > bytes.byteLength) throw { errMsg: 'readFile:fail the value of "length" is out of range' };
      return { data: bytes.slice(position, length === undefined ? undefined : position + length) };
    }),
    writeFile: vendorCall(phone, 'writeFile', { filePath: '*string', data: '*string|ArrayBuffer', encoding: 'string' }, ({ filePath, data }) => {
      if (!filePath.startsWith(`${FOLDER}/`)) throw { errMsg: `writeFile:fail permission denied, open '${filePath}'` };
      if (used() + data.byteLength > phone.fileBytes(ALL_BYTES)) throw { errMsg: 'writeFile:fail the maximum size of the file storage limit is exceeded' };
      phone.effect(`write ${filePath}`);
      files.set(filePath, data.slice(0));
    }),
    getFileInfo: vendorCall(phone, 'getFileInfo', { filePath: '*string' }, ({ filePath }) => ({ size: found('getFileInfo', filePath).byteLength })),
    accessSync(path) {
      phone.guard('accessSync', () => undefined);
      if (!files.has(path)) throw new Error(`accessSync:fail no such file or directory ${path}`);
    },
    unlinkSync(path) {
      phone.guard('unlinkSync', () => undefined);
      if (!files.has(path)) throw new Error(`unlinkSync:fail no such file or directory ${path}`);
      phone.effect(`unlink ${path}`);
      files.delete(path);
    },
    readdirSync(path) {
      phone.guard('readdirSync', () => undefined);
      return Array.from(files.keys()).filter((name) => name.startsWith(`${path}/`)).map((name) => name.slice(path.length + 1));
    },
  };

  return { env: { USER_DATA_PATH: FOLDER }, getFileSystemManager: () => manager };
}

module.exports = { filesApi, FOLDER };
