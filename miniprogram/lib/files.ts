/** The phone's files as promises: what WeChat keeps for this program alone, 200 MB in all. */

export function folder(): string {
  return wx.env.USER_DATA_PATH;
}

/** Bytes of a file; with `most`, only so many of its beginning. */
export function readFile(filePath: string, most?: number): Promise<ArrayBuffer> {
  return new Promise((resolve, reject) => {
    wx.getFileSystemManager().readFile({
      filePath,
      ...(most ? { position: 0, length: most } : {}),
      success: (read) => resolve(read.data as ArrayBuffer),
      fail: reject,
    });
  });
}

/** Rejects where the phone is full; what WeChat says then is in `errMsg`. */
export function writeFile(filePath: string, data: ArrayBuffer): Promise<void> {
  return new Promise((resolve, reject) => {
    wx.getFileSystemManager().writeFile({ filePath, data, success: () => resolve(), fail: reject });
  });
}

export function sizeOf(filePath: string): Promise<number> {
  return new Promise((resolve, reject) => {
    wx.getFileSystemManager().getFileInfo({ filePath, success: (info) => resolve(info.size), fail: reject });
  });
}

export function hasFile(filePath: string): boolean {
  try { wx.getFileSystemManager().accessSync(filePath); return true; } catch (error) { return false; }
}

/** Remove a file, if it is there. */
export function removeFile(filePath: string): void {
  try { wx.getFileSystemManager().unlinkSync(filePath); } catch (error) { /* gone already */ }
}

/** Names in the program's folder. */
export function listFiles(): string[] {
  try { return wx.getFileSystemManager().readdirSync(folder()); } catch (error) { return []; }
}
