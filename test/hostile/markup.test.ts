import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lineCard } from '../../src/bot/handoff/cards.ts'
import { toSlack } from '../../src/channels/slack/block-kit.ts'
import { escapeMarkdown } from '../../src/rendering/compose/context.ts'
import { adaptiveCards } from '../../src/rendering/channel/card/adaptive-card.ts'
import { deskAdaptiveCard } from '../../src/rendering/channel/desk-card.ts'
import { parseMarkdown } from '../../widget/text/markdown.ts'
import { ofType, wordsIn } from '../rendering/support.ts'
import { COMPANY } from '../support/applicants.ts'
import { directLineTalker } from '../support/direct-line-talker.ts'
import { interviewed } from '../support/interviewed.ts'
import { pdfText } from '../support/pdf-text.ts'
import { NAMES } from './inputs/names.ts'
import { startTarget, type Target } from './support.ts'

describe.each(NAMES)('the name %j', (name) => {
  const written = escapeMarkdown(name)

  it('is text in the widget', () => {
    const shown = JSON.stringify(parseMarkdown(written))
    expect(shown).not.toMatch(/"kind":"(link|bold|list)"/)
    expect(shown).not.toContain('"href"')
  })

  it('is text in an Adaptive Card', () => {
    const cards = adaptiveCards(
      { language: 'en', blocks: [{ kind: 'summary', rows: [{ label: 'Name', value: written }] }] },
      wordsIn('en'),
    )
    expect(cards).toHaveLength(1)
    expect(ofType(cards ?? [], 'Action.OpenUrl')).toEqual([])
    expect(ofType(cards ?? [], 'Image')).toEqual([])
  })

  it('is text on the cards of staff', () => {
    const card = lineCard('en', written)
    const teams = deskAdaptiveCard(card, wordsIn('en'))
    expect(teams && ofType([teams], 'Action.OpenUrl')).toEqual([])
    expect(teams && ofType([teams], 'Image')).toEqual([])
    const slack = toSlack({ text: name, channelData: { card } })
    expect(typesIn(slack)).not.toContain('link')
    expect(typesIn(slack)).not.toContain('user')
    expect(typesIn(slack)).not.toContain('channel')
    expect(typesIn(slack)).not.toContain('broadcast')
  })
})

/** Every `type` in a structure. */
function typesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  const own = 'type' in value && typeof value.type === 'string' ? [value.type] : []
  return [...own, ...Object.values(value).flatMap(typesIn)]
}

describe('the files of a case', () => {
  let target: Target
  beforeAll(async () => {
    target = await startTarget()
  })
  afterAll(() => target.end())

  it('hold what was typed as text, and are never shown in place', async () => {
    const remark =
      '=HYPERLINK("http://evil.example") @SUM(1) <script>alert(1)</script> [x](javascript:alert(1)) 备注'
    const talker = await directLineTalker(target.app.address, 'en')
    const replies = await interviewed(talker, { ...COMPANY, 'site.remark': remark })
    const urls = [...JSON.stringify(replies).matchAll(/\((http[^)]*\/download\/[^)]*)\)/g)].map(
      ([, url = '']) => new URL(url),
    )
    expect(urls.length).toBeGreaterThanOrEqual(3)
    for (const url of urls) {
      const file = await fetch(url)
      expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+"$/)
      expect(file.headers.get('x-content-type-options')).toBe('nosniff')
      expect(file.headers.get('content-security-policy')).toContain('sandbox')
      const bytes = Buffer.from(await file.arrayBuffer())
      if (url.pathname.endsWith('.json')) {
        expect(strings(JSON.parse(bytes.toString('utf8')))).toContain(remark)
      } else if (url.pathname.endsWith('.pdf')) {
        expect(pdfText(bytes).join('').replaceAll(/\s/g, '')).toContain(remark.replaceAll(/\s/g, ''))
        expect(bytes.toString('latin1')).not.toMatch(/\/(JavaScript|JS|URI|Launch|OpenAction|EmbeddedFile) /)
      }
    }
  }, 60_000)
})

function strings(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : []
}
