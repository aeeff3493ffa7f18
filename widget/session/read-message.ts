import { LANGUAGES } from '../../src/language.ts'
import {
  TYPINGS,
  type Action,
  type Copyable,
  type Form,
  type FormAnswers,
  type FormField,
  type Block,
  type Input,
  type Message,
  type Option,
  type Payload,
  type SourceLine,
  type Statement,
  type SummaryRow,
  type Tone,
} from '../../src/rendering/message.ts'
import { fields, text } from './wire.ts'

/**
 * Reads `channelData.message`. A block this widget does not know (a newer server) is left out and the rest
 * still shows; without a usable message the caller falls back to the activity's text.
 */
export function readMessage(value: unknown): Message | undefined {
  const given = fields(value)
  const language = LANGUAGES.find((known) => known === given.language)
  if (language === undefined || !Array.isArray(given.blocks)) return undefined
  const actions = list(given.actions, readAction)
  const starts = list(given.starts, readAction)
  return {
    language,
    blocks: list(given.blocks, readBlock),
    input: readInput(given.input),
    actions: actions.length > 0 ? actions : undefined,
    starts: starts.length > 0 ? starts : undefined,
  }
}

export function readPayload(value: unknown): Payload | undefined {
  const read = readSent(value)
  return read?.kind === 'answers' ? undefined : read
}

/** What a person's own message carried: a button's payload, or all that a form holds. */
export function readSent(value: unknown): Payload | FormAnswers | undefined {
  const given = fields(value)
  if (given.kind === 'answers') {
    const answers = Object.entries(fields(given.answers)).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    )
    return typeof given.version === 'number'
      ? { kind: 'answers', version: given.version, answers: Object.fromEntries(answers) }
      : undefined
  }
  if (given.kind === 'answer') {
    const { question, version, answer } = given
    if (typeof question !== 'string' || typeof version !== 'number') return undefined
    if (typeof answer === 'string') return { kind: 'answer', question, version, answer }
    return Array.isArray(answer)
      ? { kind: 'answer', question, version, answer: list(answer, text) }
      : undefined
  }
  if (given.kind !== 'command' || typeof given.command !== 'string') return undefined
  const command = given.command as Extract<Payload, { kind: 'command' }>['command']
  const argument = text(given.argument)
  return argument === undefined ? { kind: 'command', command } : { kind: 'command', command, argument }
}

export function readBlock(value: unknown): Block | undefined {
  const given = fields(value)
  const title = text(given.title)
  switch (given.kind) {
    case 'heading':
      return { kind: 'heading', text: text(given.text) ?? '' }
    case 'text':
      return {
        kind: 'text',
        text: text(given.text) ?? '',
        tone: TONES.find((tone) => tone === given.tone),
        copy: readCopyable(given.copy),
      }
    case 'statements':
      return {
        kind: 'statements',
        title,
        folded: given.folded === true,
        items: list(given.items, readStatement),
      }
    case 'summary':
      return { kind: 'summary', title, rows: list(given.rows, readRow) }
    default:
      return undefined
  }
}

const TONES: readonly Tone[] = ['plain', 'notice', 'warning', 'success', 'error']

function readCopyable(value: unknown): Copyable | undefined {
  const { label, text: said } = fields(value)
  return typeof label === 'string' && typeof said === 'string' ? { label, text: said } : undefined
}

function readStatement(value: unknown): Statement | undefined {
  const { id, text: said, note, sources, confidence } = fields(value)
  if (typeof said !== 'string') return undefined
  return {
    id: text(id) ?? '',
    text: said,
    note: text(note),
    sources: list(sources, readSource),
    confidence: text(confidence),
  }
}

export function readSource(value: unknown): SourceLine | undefined {
  const { label, url } = fields(value)
  return typeof label === 'string' ? { label, url: text(url) } : undefined
}

export function readRow(value: unknown): SummaryRow | undefined {
  const { label, value: shown, change } = fields(value)
  if (typeof label !== 'string' || typeof shown !== 'string') return undefined
  return { label, value: shown, change: readAction(change) }
}

function readAction(value: unknown): Action | undefined {
  const { label, payload } = fields(value)
  const read = readPayload(payload)
  return typeof label === 'string' && read !== undefined ? { label, payload: read } : undefined
}

function readInput(value: unknown): Input | undefined {
  const given = fields(value)
  const kind = (['choice', 'choices', 'select', 'text'] as const).find((known) => known === given.kind)
  const { question, version, label, submit } = given
  if (kind === undefined || typeof question !== 'string' || typeof version !== 'number') return undefined
  return {
    kind,
    question,
    version,
    label: text(label) ?? '',
    options: list(given.options, readOption),
    alone: text(given.alone),
    unsure: text(given.unsure),
    submit: text(submit) ?? '',
    typing: readTyping(given.typing),
    date: given.date === true,
    form: readForm(given.form),
  }
}

function readTyping(value: unknown): Input['typing'] {
  return TYPINGS.find((typing) => typing === value)
}

function readForm(value: unknown): Form | undefined {
  const { title, fields: given, submit } = fields(value)
  const read = list(given, readField)
  return read.length === 0
    ? undefined
    : { title: text(title) ?? '', fields: read, submit: text(submit) ?? '' }
}

function readField(value: unknown): FormField | undefined {
  const { question, label, hint, typing, date, skip, value: typed, error } = fields(value)
  if (typeof question !== 'string' || typeof label !== 'string') return undefined
  return {
    question,
    label,
    hint: text(hint),
    typing: readTyping(typing),
    date: date === true,
    skip: text(skip),
    value: text(typed),
    error: text(error),
  }
}

function readOption(value: unknown): Option | undefined {
  const { value: id, label, hint } = fields(value)
  return typeof id === 'string' && typeof label === 'string'
    ? { value: id, label, hint: text(hint) }
    : undefined
}

export function list<T>(value: unknown, read: (item: unknown) => T | undefined): readonly T[] {
  if (!Array.isArray(value)) return []
  return value.map(read).filter((item) => item !== undefined)
}
