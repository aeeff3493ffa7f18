import type { Action, Input } from '../../src/rendering/message.ts'
import type { Item, OwnItem, State } from './state.ts'

/** One message with what may still be done in it. */
export interface Row {
  readonly item: Item
  /** The buttons or list answer the question that is open now. */
  readonly inputActive: boolean
  readonly actionsActive: boolean
  /** The summary is the newest, so its "change" buttons work. */
  readonly summaryActive: boolean
  /** Values of the options that were chosen, once the question is answered. */
  readonly chosen: readonly string[]
  /** What a form of this message held when it was sent. */
  readonly sent: Readonly<Record<string, string>> | undefined
  /** On the person's own answer, while it counts: how to change it, and the question's name. */
  readonly change: { readonly label: string; readonly action: Action } | undefined
}

/** Derives every row from the state: only the newest question can be answered, older ones show the answer. */
export function rowsOf(state: State): readonly Row[] {
  const pending = state.pending.flatMap((item) => [item, ...(item.meanwhile ?? [])])
  const items: readonly Item[] = [...state.log, ...pending]
  const lastInput = lastIndex(items, (item) => item.from === 'bot' && item.message?.input !== undefined)
  const lastSummary = lastIndex(items, hasSummary)
  const lastOwn = lastIndex(items, (item) => item.from === 'user' && underWay(item))
  const lastReply = lastIndex(items, (item) => item.from === 'user' && underWay(item) && !isCommand(item))
  const commandWaits = state.waiting && lastOwn > lastInput
  const changes = changesOf(state, items)
  return items.map((item, at) => ({
    item,
    inputActive: at === lastInput && lastReply < at && !commandWaits,
    actionsActive: lastOwn < at,
    summaryActive: at === lastSummary,
    chosen:
      item.from === 'bot' && item.message?.input ? chosenIn(item.message.input, items.slice(at + 1)) : [],
    sent: item.from === 'bot' && item.message?.input?.form ? sentIn(items.slice(at + 1)) : undefined,
    change: changes.get(item.key),
  }))
}

/**
 * Which own messages are answers that still count: the newest to each question that the case has an answer for.
 * Which those are is told by the bot, in the view of the case.
 */
function changesOf({ view }: State, items: readonly Item[]): ReadonlyMap<string, Change> {
  const newest = new Map<string, string>()
  let open: string | undefined
  for (const item of items) {
    if (item.from === 'bot') open = item.message?.input?.question ?? open
    else if (item.status === 'sent') {
      const question = item.value?.kind === 'answer' ? item.value.question : item.value ? undefined : open
      if (question !== undefined) newest.set(question, item.key)
    }
  }
  const changes = new Map<string, Change>()
  for (const { label, change } of view?.sections.flatMap(({ rows }) => rows) ?? []) {
    const { payload } = change ?? {}
    const question = payload?.kind === 'command' ? payload.argument : undefined
    const key = question === undefined ? undefined : newest.get(question)
    if (key !== undefined && change) changes.set(key, { label, action: change })
  }
  return changes
}
type Change = NonNullable<Row['change']>

function sentIn(later: readonly Item[]): Row['sent'] {
  const next = later.find((item) => item.from === 'bot' || underWay(item))
  return next?.from === 'user' && next.value?.kind === 'answers' ? next.value.answers : undefined
}

function lastIndex(items: readonly Item[], matches: (item: Item) => boolean): number {
  for (let at = items.length - 1; at >= 0; at -= 1) {
    const item = items[at]
    if (item && matches(item)) return at
  }
  return -1
}

function hasSummary(item: Item): boolean {
  return item.from === 'bot' && (item.message?.blocks.some((block) => block.kind === 'summary') ?? false)
}

function underWay(item: OwnItem): boolean {
  return item.status === 'sending' || item.status === 'sent'
}

function isCommand(item: OwnItem): boolean {
  return item.value?.kind === 'command'
}

function chosenIn(input: Input, later: readonly Item[]): readonly string[] {
  const next = later.findIndex((item) => item.from === 'bot' && item.message?.input !== undefined)
  for (const item of next === -1 ? later : later.slice(0, next)) {
    if (item.from === 'bot' || !underWay(item)) continue
    const { value } = item
    if (value?.kind === 'answer' && value.question === input.question) {
      return typeof value.answer === 'string' ? [value.answer] : value.answer
    }
    const typed = value === undefined ? named(input, item.text) : undefined
    if (typed !== undefined) return [typed]
  }
  return []
}

/** The option a typed answer names exactly; the bot understands far more, this only marks the plain case. */
function named(input: Input, typed: string): string | undefined {
  const said = typed.trim().toLowerCase()
  if (input.unsure?.toLowerCase() === said) return 'unsure'
  return input.options.find(
    ({ label, value }) => label.toLowerCase() === said || value.toLowerCase() === said,
  )?.value
}
