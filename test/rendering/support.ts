import fc from 'fast-check'
import { channelWords, type ChannelWords } from '../../src/rendering/channel/words.ts'
import type { CardElement } from '../../src/rendering/channel/card/elements.ts'
import { LANGUAGES, type Language } from '../../src/language.ts'
import {
  COMMANDS,
  TYPINGS,
  type Action,
  type Block,
  type Input,
  type Message,
} from '../../src/rendering/message.ts'
import { loadPhrases } from '../../src/rendering/phrases.ts'

const phrases = loadPhrases(new URL('../../dialogs', import.meta.url).pathname)

export function wordsIn(language: Language): ChannelWords {
  return channelWords((id) => phrases[id][language])
}

/** Every element and action of a card, however deep. */
export function elementsOf(root: unknown): readonly CardElement[] {
  if (typeof root !== 'object' || root === null) return []
  const below = Object.values(root).flatMap(elementsOf)
  return 'type' in root && typeof root.type === 'string' ? [root as CardElement, ...below] : below
}

export function ofType(root: unknown, type: string): readonly CardElement[] {
  return elementsOf(root).filter((element) => element.type === type)
}

/** Everything a person can read or press in cards. */
export function visibleText(root: unknown): string {
  return elementsOf(root)
    .flatMap(({ text, title, inlines }) => [
      text,
      title,
      ...(Array.isArray(inlines) ? (inlines as unknown[]) : []),
    ])
    .concat(
      ofType(root, 'Input.ChoiceSet').flatMap(({ choices }) =>
        (choices as Choice[]).map(({ title }) => title),
      ),
    )
    .filter((text) => typeof text === 'string')
    .join('\n')
}
export interface Choice {
  readonly title: string
  readonly value: string
}

/** A word, so that it is found again as it is; what hostile text does is tested by itself. */
const word = fc.stringMatching(/^[\p{Script=Han}a-zA-Z0-9]{1,20}$/u)
const prose = fc
  .array(
    fc.oneof(word, fc.constantFrom('**bold**', '[label](https://example.com/a?b=c)', '\n- item', '\n\n')),
    {
      minLength: 1,
      maxLength: 60,
    },
  )
  .map((words) => words.join(' '))
const key = fc.stringMatching(/^[a-z]{1,12}\.[a-z]{1,12}$/)
const value = fc.stringMatching(/^[a-z][a-z-]{0,11}$/)

const action: fc.Arbitrary<Action> = fc.record({
  label: word,
  payload: fc.oneof(
    fc.record({ kind: fc.constant('command' as const), command: fc.constantFrom(...COMMANDS) }),
    fc.record({
      kind: fc.constant('command' as const),
      command: fc.constant('edit' as const),
      argument: key,
    }),
    fc.record({
      kind: fc.constant('answer' as const),
      question: key,
      version: fc.nat(),
      answer: fc.oneof(value, fc.array(value, { maxLength: 5 })),
    }),
  ),
})

const statement = fc.record(
  {
    id: value,
    text: prose,
    note: prose,
    confidence: word,
    sources: fc.array(fc.record({ label: word, url: fc.webUrl() }, { requiredKeys: ['label'] }), {
      maxLength: 4,
    }),
  },
  { requiredKeys: ['id', 'text', 'sources'] },
)

const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant('heading' as const), text: word }),
  fc.record(
    {
      kind: fc.constant('text' as const),
      text: prose,
      tone: fc.constantFrom(
        'plain' as const,
        'notice' as const,
        'warning' as const,
        'success' as const,
        'error' as const,
      ),
    },
    { requiredKeys: ['kind', 'text'] },
  ),
  fc.record(
    {
      kind: fc.constant('statements' as const),
      title: word,
      folded: fc.boolean(),
      items: fc.array(statement, { maxLength: 40 }),
    },
    { requiredKeys: ['kind', 'items'] },
  ),
  fc.record(
    {
      kind: fc.constant('summary' as const),
      title: word,
      rows: fc.array(
        fc.record({ label: word, value: prose, change: action }, { requiredKeys: ['label', 'value'] }),
        { maxLength: 15 },
      ),
    },
    { requiredKeys: ['kind', 'rows'] },
  ),
)

const option = fc.record({ value, label: word, hint: word }, { requiredKeys: ['value', 'label'] })
const options = (minLength: number, maxLength: number) =>
  fc.uniqueArray(option, { minLength, maxLength, selector: ({ value }) => value })
const common = { question: key, version: fc.nat(), label: word, submit: word, unsure: word }
const required = ['kind', 'question', 'version', 'label', 'submit', 'options'] as const
const input: fc.Arbitrary<Input> = fc.oneof(
  fc.record(
    { kind: fc.constant('choice' as const), ...common, options: options(1, 12) },
    { requiredKeys: [...required] },
  ),
  fc.record(
    { kind: fc.constant('choices' as const), ...common, options: options(1, 15) },
    { requiredKeys: [...required] },
  ),
  fc.record(
    { kind: fc.constant('select' as const), ...common, options: options(13, 40) },
    { requiredKeys: [...required] },
  ),
  fc.record(
    {
      kind: fc.constant('text' as const),
      ...common,
      options: fc.constant([]),
      typing: fc.constantFrom(...TYPINGS),
    },
    { requiredKeys: [...required] },
  ),
)

export const anyMessage: fc.Arbitrary<Message> = fc.record(
  {
    language: fc.constantFrom(...LANGUAGES),
    blocks: fc.array(block, { maxLength: 8 }),
    input,
    actions: fc.array(action, { maxLength: 8 }),
  },
  { requiredKeys: ['language', 'blocks'] },
)
