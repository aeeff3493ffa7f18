import { XMLParser } from 'fast-xml-parser'
import { z } from 'zod'

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  // Entities are how XML documents grow or read files; WeCom writes its text as CDATA and needs none.
  processEntities: false,
})
const documentSchema = z.object({ xml: z.record(z.string(), z.unknown()) })

/** The children of `<xml>`. @returns undefined for what is no such document, or declares types */
export function readXml(text: string): Readonly<Record<string, unknown>> | undefined {
  if (declares(text)) return undefined
  try {
    return documentSchema.safeParse(parser.parse(text)).data?.xml
  } catch {
    return undefined
  }
}

/** Whether there is a `<!` that begins no whole CDATA; inside CDATA anything may stand. */
function declares(text: string): boolean {
  for (let at = text.indexOf('<!'); at !== -1; at = text.indexOf('<!', at)) {
    const end = text.indexOf(']]>', at)
    if (end === -1 || !text.startsWith('<![CDATA[', at)) return true
    at = end
  }
  return false
}
