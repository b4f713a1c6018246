/** A random UUID. WeChat hands out no random bytes at once on every phone, so it is the engine's own chance. */
export function newId(): string {
  return 'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, (sign) => {
    const value = Math.floor(Math.random() * 16);
    return (sign === 'x' ? value : (value & 3) | 8).toString(16);
  });
}
