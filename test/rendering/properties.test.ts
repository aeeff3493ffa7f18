import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adaptiveCards, CARD_LIMIT, CARDS_LIMIT } from '../../src/rendering/channel/card/adaptive-card.ts'
import { weigh, type CardElement } from '../../src/rendering/channel/card/elements.ts'
import { capabilitiesOf } from '../../src/rendering/channel/capabilities.ts'
import { plainText } from '../../src/rendering/channel/plain-text.ts'
import { suggestedActions } from '../../src/rendering/channel/suggested-actions.ts'
import { toActivities, toActivity } from '../../src/rendering/channel/to-activity.ts'
import type { Input, Message } from '../../src/rendering/message.ts'
import { parsePayload } from '../../src/rendering/payload.ts'
import { anyMessage, elementsOf, ofType, visibleText, wordsIn, type Choice } from './support.ts'

/** Shrinking messages of this size takes minutes: run the seed of a failure again, without `endOnFailure`. */
const RUNS = { numRuns: 100, endOnFailure: true }
const CHANNELS = ['msteams', 'emulator', 'webchat', 'directline', 'sms', 'constructor', undefined]

function cardsOf(message: Message) {
  const cards = adaptiveCards(message, wordsIn(message.language))
  if (!cards) throw new Error('the question of a generated message always fits')
  return cards
}

/** What a host sends when a button is pressed: the button's data, and over it the card's fields. */
function pressed(card: CardElement, button: CardElement, field?: string): unknown {
  const data = button['data'] as object
  const ids = ofType(card, 'Input.ChoiceSet')
    .concat(ofType(card, 'Input.Text'))
    .map(({ id }) => String(id))
  // A host that does not know `associatedInputs` sends the fields with every button.
  const fields = field === undefined ? [] : ids.map((id) => [id, field] as const)
  return { ...data, ...Object.fromEntries(fields) }
}

const answer = ({ question, version }: Input, value: string | readonly string[]) => ({
  kind: 'answer',
  question,
  version,
  answer: value,
})

describe('every message', () => {
  it('says in plain text all that can be chosen, numbered, and all that can be done', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        const lines = plainText(message, wordsIn(message.language)).split('\n')
        message.input?.options.forEach(({ label }, at) => {
          expect(lines.some((line) => line.startsWith(`${at + 1}. ${label}`))).toBe(true)
        })
        const typed = lines.join('\n')
        for (const { label } of message.actions ?? []) expect(typed).toContain(label)
        if (message.input?.unsure !== undefined) expect(typed).toContain(message.input.unsure)
        if (message.input) expect(typed).toContain(message.input.label)
        for (const block of message.blocks)
          if (block.kind === 'summary')
            for (const { label, change } of block.rows) {
              expect(typed).toContain(label)
              if (change) expect(typed).toContain(`${change.label} `)
            }
      }),
      RUNS,
    )
  })

  it('shows in cards all that can be chosen and done, and sends back what it stands for', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        const cards = cardsOf(message)
        const seen = visibleText(cards)
        const sent = cards.flatMap((card) =>
          ofType(card, 'Action.Submit').map((button) => parsePayload(pressed(card, button))),
        )
        for (const { label, payload } of message.actions ?? []) {
          expect(seen).toContain(label)
          expect(sent).toContainEqual(payload)
        }
        const { input } = message
        for (const { value, label } of input?.options ?? []) {
          expect(seen).toContain(label)
          expect(answers(cards, input!)).toContainEqual(answer(input!, value))
        }
        if (input?.unsure !== undefined) expect(answers(cards, input)).toContainEqual(answer(input, 'unsure'))
      }),
      RUNS,
    )
  })

  it('has buttons that mean the same on hosts which send a field along with every button', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        for (const card of cardsOf(message))
          for (const button of ofType(card, 'Action.Submit')) {
            const quiet = parsePayload(pressed(card, button))
            if (quiet) expect(parsePayload(pressed(card, button, 'chosen'))).toEqual(quiet)
          }
      }),
      RUNS,
    )
  })

  it('keeps every card and all together below the limits', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        const cards = cardsOf(message)
        for (const card of cards) expect(weigh(card)).toBeLessThanOrEqual(CARD_LIMIT)
        expect(weigh(cards)).toBeLessThanOrEqual(CARDS_LIMIT + 1_000)
      }),
      RUNS,
    )
  })

  it('tells how much it left out, and leaves nothing out of a message that fits', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        const statements = message.blocks.flatMap((block) => (block.kind === 'statements' ? block.items : []))
        const cards = cardsOf(message)
        const seen = visibleText(cards)
        const { more } = wordsIn(message.language)
        const [before = '', after = ''] = more.split('{count}')
        const shortened = new RegExp(`${before}\\d+${after.slice(0, 8)}`).test(seen)
        const whole = statements.every(({ sources }) => sources.every(({ label }) => seen.includes(label)))
        expect(whole || shortened).toBe(true)
        if (weigh(message) < 8_000) expect(shortened).toBe(false)
      }),
      RUNS,
    )
  })

  it('folds with buttons that each have something of their own to unfold', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        for (const card of cardsOf(message)) {
          const ids = elementsOf(card).flatMap(({ id }) => (typeof id === 'string' ? [id] : []))
          expect(new Set(ids).size).toBe(ids.length)
          const toggled = ofType(card, 'Action.ToggleVisibility').flatMap(
            ({ targetElements }) => targetElements as string[],
          )
          const hidden = elementsOf(card).filter(({ isVisible }) => isVisible === false)
          expect(toggled).toEqual(hidden.map(({ id }) => id))
        }
      }),
      RUNS,
    )
  })

  it('suggests actions that carry the payload and say what was chosen', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        const { input, actions = [] } = message
        const buttons = suggestedActions(message, wordsIn(message.language))?.actions ?? []
        if (input?.kind === 'choices') {
          expect(buttons).toEqual([])
          return
        }
        expect(buttons).toHaveLength(
          (input?.options.length ?? 0) + (input?.unsure === undefined ? 0 : 1) + actions.length,
        )
        for (const { value, text, type } of buttons) {
          expect(parsePayload(value)).toEqual(value)
          expect([type, text.length > 0]).toEqual(['messageBack', true])
        }
        for (const option of input?.options ?? [])
          expect(buttons).toContainEqual(
            expect.objectContaining({ text: option.label, value: answer(input!, option.value) }),
          )
      }),
      RUNS,
    )
  })

  it('is left out in no part where it may be several activities', () => {
    fc.assert(
      fc.property(anyMessage, fc.constantFrom('msteams', 'emulator'), (message, channelId) => {
        const words = wordsIn(message.language)
        const activities = toActivities(message, capabilitiesOf({ channelId }), words)
        const seen = JSON.stringify(activities)
        for (const block of message.blocks)
          if (block.kind === 'statements')
            for (const { sources } of block.items)
              for (const { label } of sources) expect(seen).toContain(label)
        for (const activity of activities) expect(weigh(activity)).toBeLessThan(80_000)
        const asking = activities.filter((activity) => ofType(activity, 'Input.ChoiceSet').length > 0)
        expect(asking.every((activity) => activity === activities.at(-1))).toBe(true)
        if (weigh(activities) < 50_000)
          expect(activities).toEqual([toActivity(message, capabilitiesOf({ channelId }), words)])
      }),
      RUNS,
    )
  })

  it('is an activity with text on every channel, and survives JSON', () => {
    fc.assert(
      fc.property(anyMessage, fc.constantFrom(...CHANNELS), (message, channelId) => {
        fc.pre(message.blocks.length > 0 || message.input !== undefined)
        const able = capabilitiesOf(channelId === undefined ? {} : { channelId })
        const activity = toActivity(message, able, wordsIn(message.language))
        expect(activity).toMatchObject({ type: 'message', textFormat: 'plain', locale: message.language })
        const said = message.blocks.some((block) => 'text' in block) || message.input !== undefined
        if (said) expect(activity.text.trim()).not.toBe('')
        expect(weigh(activity)).toBeLessThan(able.cards ? 80_000 : Infinity)
        expect(JSON.parse(JSON.stringify(activity))).toEqual(activity)
      }),
      RUNS,
    )
  })
})

/** Every answer the cards can send to the question. */
function answers(cards: readonly CardElement[], { question }: Input): unknown[] {
  return cards.flatMap((card) => {
    const fields = ofType(card, 'Input.ChoiceSet').flatMap(({ choices }) =>
      (choices as Choice[]).map(({ value }) => value),
    )
    return ofType(card, 'Action.Submit')
      .filter(({ data }) => (data as { question?: unknown }).question === question)
      .flatMap((button) => {
        const plain = parsePayload(pressed(card, button))
        return plain ? [plain] : fields.map((value) => parsePayload(pressed(card, button, value)))
      })
  })
}
