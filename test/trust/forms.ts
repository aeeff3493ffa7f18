/** The ways in which a value may stand somewhere, written or encoded. */
export function forms(value: string): Readonly<Record<string, string>> {
  const bytes = Buffer.from(value, 'utf8')
  return {
    plain: value,
    'full-width': [...value].map(wide).join(''),
    spaced: value.replace(/(.{4})(?=.)/gu, '$1 '),
    hyphenated: value.replace(/(.{4})(?=.)/gu, '$1-'),
    'each apart': [...value].join(' '),
    base64: bytes.toString('base64').replace(/=+$/, ''),
    // As a part of something longer: the two other ways the six-bit groups may fall.
    'base64, one byte in': inner(Buffer.concat([Buffer.from('x'), bytes])),
    'base64, two bytes in': inner(Buffer.concat([Buffer.from('xx'), bytes])),
    base64url: bytes.toString('base64url'),
    hex: bytes.toString('hex'),
    'URL-encoded': encodeURIComponent(value),
    'escaped as in JSON': [...value]
      .map((c) => (c > '~' ? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}` : c))
      .join(''),
  }
}

function inner(bytes: Buffer): string {
  const text = bytes.toString('base64').replace(/=+$/, '')
  return text.slice(4, text.length - 2)
}

function wide(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return code > 0x20 && code < 0x7f ? String.fromCodePoint(code + 0xfee0) : character
}
