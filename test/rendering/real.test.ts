import { describe, expect, it } from 'vitest'
import { newCase } from '../../src/interview/case.ts'
import { resolve } from '../../src/interview/resolve.ts'
import { LANGUAGES } from '../../src/language.ts'
import { adaptiveCards, CARD_LIMIT } from '../../src/rendering/channel/card/adaptive-card.ts'
import { weigh } from '../../src/rendering/channel/card/elements.ts'
import { capabilitiesOf } from '../../src/rendering/channel/capabilities.ts'
import { toActivities } from '../../src/rendering/channel/to-activity.ts'
import { outcomeBlocks } from '../../src/rendering/compose/outcomes/outcome.ts'
import { questionMessage } from '../../src/rendering/compose/question.ts'
import type { Message } from '../../src/rendering/message.ts'
import { valuesOf } from '../../src/rules/rulebook.ts'
import { brain, TODAY } from '../support/brain.ts'
import { APPLICANTS, FILINGS, SITES } from '../stories/cases.ts'
import { ofType, visibleText, wordsIn, type Choice } from './support.ts'

const { book, dialogs, phrases } = brain
const provinces = valuesOf(book, 'entity.province')

describe.each(LANGUAGES)('what the bot really says, in %s', (language) => {
  const on = { book, dialogs, phrases, language }
  const words = wordsIn(language)

  it.each(['individual', 'company'])('to an applicant (%s) of any region: no source is left out', (who) => {
    expect(provinces.length).toBe(31)
    for (const province of provinces) {
      const answers = {
        ...FILINGS['first-time'],
        ...APPLICANTS[who],
        ...SITES['plain'],
        'entity.province': province,
      }
      const resolution = resolve(book, dialogs, answers, TODAY)
      for (const section of dialogs.sections) {
        const blocks = section.shows.flatMap((outcome) =>
          outcomeBlocks(on, { section, outcomes: [outcome] }, resolution),
        )
        const message: Message = { language, blocks }
        const activities = toActivities(message, capabilitiesOf({ channelId: 'msteams' }), words)
        const cards = activities.flatMap(({ attachments = [] }) => attachments.map(({ content }) => content))
        const seen = visibleText(cards)
        const sources = blocks
          .flatMap((block) => (block.kind === 'statements' ? block.items : []))
          .flatMap((item) => item.sources)
        for (const { label } of sources) expect(seen).toContain(label)
        for (const card of cards) expect(weigh(card)).toBeLessThanOrEqual(CARD_LIMIT)
        for (const activity of activities) {
          expect(weigh(activity)).toBeLessThan(80_000)
          expect(activity.text).not.toBe('')
        }
      }
    }
  })

  it('asking for the region: all of them can be chosen in one card', () => {
    const answers = { ...FILINGS['first-time'], 'entity.kind': 'enterprise' }
    const message = questionMessage(on, resolve(book, dialogs, answers, TODAY), {
      ...newCase('real', on.language, new Date(0)),
      answers,
      revision: 1,
    })
    expect(message?.input?.question).toBe('entity.province')
    const cards = adaptiveCards(message!, words) ?? []
    const [field] = ofType(cards, 'Input.ChoiceSet')
    expect((field?.['choices'] as Choice[]).map(({ value }) => value)).toEqual(
      expect.arrayContaining([...provinces]),
    )
  })
})
