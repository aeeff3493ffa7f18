import { inflateSync } from 'node:zlib'

/** What a PDF by pdfkit says, page by page, read back through the ToUnicode maps of its embedded fonts. */
export function pdfText(file: Buffer): readonly string[] {
  const objects = readObjects(file.toString('latin1'))
  const fonts = new Map<string, ReadonlyMap<string, string>>()
  for (const { dictionary } of objects.values())
    for (const [, name, ref] of dictionary.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const font = objects.get(ref ?? '')?.dictionary ?? ''
      const map = objects.get(/\/ToUnicode (\d+) 0 R/.exec(font)?.[1] ?? '')
      if (name !== undefined && map) fonts.set(name, unicodeOf(map.stream))
    }
  return [...objects.values()]
    .filter(({ dictionary }) => /\/Type \/Page\b/.test(dictionary))
    .map(({ dictionary }) => {
      const content = objects.get(/\/Contents (\d+) 0 R/.exec(dictionary)?.[1] ?? '')
      return content ? shownIn(content.stream, fonts) : ''
    })
}

interface PdfObject {
  readonly dictionary: string
  readonly stream: string
}

function readObjects(text: string): ReadonlyMap<string, PdfObject> {
  const objects = new Map<string, PdfObject>()
  for (const [, id, body] of text.matchAll(/\n(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    if (id === undefined || body === undefined) continue
    const at = body.indexOf('\nstream\n')
    const dictionary = at < 0 ? body : body.slice(0, at)
    const raw = at < 0 ? '' : body.slice(at + 8, body.lastIndexOf('\nendstream'))
    const packed = dictionary.includes('/FlateDecode') && !dictionary.includes('FontFile')
    objects.set(id, { dictionary, stream: packed ? unpacked(raw) : raw })
  }
  return objects
}

function unpacked(raw: string): string {
  return inflateSync(Buffer.from(raw, 'latin1')).toString('latin1')
}

/** Glyph to text, from the ranges pdfkit writes: `<0001> <0003> [<4E2D> <6587> <0041>]`. */
function unicodeOf(map: string): ReadonlyMap<string, string> {
  const glyphs = new Map<string, string>()
  for (const [, from, list] of map.matchAll(/<([\da-f]{4})> <[\da-f]{4}> \[([^\]]*)\]/gi)) {
    const texts = [...(list ?? '').matchAll(/<([\da-f ]*)>/gi)].map(([, hex]) =>
      Buffer.from((hex ?? '').replaceAll(' ', ''), 'hex')
        .swap16()
        .toString('utf16le'),
    )
    texts.forEach((one, at) => glyphs.set(hexOf(parseInt(from ?? '', 16) + at), one))
  }
  return glyphs
}

function shownIn(content: string, fonts: ReadonlyMap<string, ReadonlyMap<string, string>>): string {
  let glyphs: ReadonlyMap<string, string> = new Map()
  let text = ''
  for (const [, font, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (font !== undefined) glyphs = fonts.get(font) ?? new Map()
    for (const [, hex = ''] of (shown ?? '').matchAll(/<([\da-f]+)>/gi))
      for (const code of hex.match(/.{4}/g) ?? []) text += glyphs.get(code.toLowerCase()) ?? '\uFFFD'
  }
  return text
}

function hexOf(code: number): string {
  return code.toString(16).padStart(4, '0')
}
