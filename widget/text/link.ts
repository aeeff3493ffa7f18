/** The address if it is safe to follow (http or https, no credentials in it), else undefined. */
export function safeLink(address: string): string | undefined {
  // Browsers drop control characters and spaces inside an address; refuse them instead of guessing.
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0020\u007f-\u009f]/.test(address)) return undefined
  if (!/^https?:\/\//i.test(address)) return undefined
  try {
    const url = new URL(address)
    return url.username === '' && url.password === '' ? url.href : undefined
  } catch {
    return undefined
  }
}
