/**
 * Keys on disk are bytes, never joined text: no character a caller uses can act as a separator. Numbers are 8
 * bytes big-endian, so the order of the bytes is the order of the numbers. Names in front of something else
 * carry their length, so that ('a', 'bc') and ('ab', 'c') stay apart.
 */
export function textKey(text: string): Buffer {
  return Buffer.from(text, 'utf8')
}

/** A whole number from 0 to 2^53 - 1 in sorting order. */
export function numberKey(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return bytes
}

/** A name that more bytes follow. */
export function nameKey(name: string): Buffer {
  const text = textKey(name)
  const length = Buffer.alloc(2)
  length.writeUInt16BE(text.length)
  return Buffer.concat([length, text])
}

export function joinKeys(...parts: readonly Uint8Array[]): Buffer {
  return Buffer.concat(parts)
}

/** The smallest key greater than every key that begins with `prefix`. Our prefixes never consist of 0xff alone. */
export function afterPrefix(prefix: Uint8Array): Buffer {
  const end = Buffer.from(prefix)
  let last = end.length - 1
  while (end[last] === 0xff) last -= 1
  end.writeUInt8(end.readUInt8(last) + 1, last)
  return end.subarray(0, last + 1)
}
