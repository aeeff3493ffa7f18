import { readMarkdown, webAddress, type Line, type Run } from '../markdown.ts'
import type { Payload } from '../../message.ts'

/** Any part of an Adaptive Card, as plain JSON. */
export interface CardElement {
  readonly type: string
  readonly [member: string]: unknown
}

/** How the text of an element looks, in the card's own terms. */
export interface Look {
  readonly weight?: 'Bolder'
  readonly size?: 'Small' | 'Medium' | 'Large'
  readonly isSubtle?: true
}

/** A line or paragraph longer than this is cut: no card may outgrow what a channel takes. */
const LONGEST_LINE = 1_500
const LONGEST_TITLE = 300

/**
 * Text as RichTextBlocks, one for each line. A TextBlock would read its text as Markdown once more; a TextRun
 * shows it as it is, so nothing a person wrote can become a link or a format.
 */
export function richText(source: string, look: Look = {}): readonly CardElement[] {
  return readMarkdown(source).map((line, at) => ({
    type: 'RichTextBlock',
    inlines: textRuns(line, look),
    ...(at === 0 ? {} : { spacing: line.gap ? 'Small' : 'None' }),
  }))
}

/** One line that is no Markdown, with an address to follow if it has one. */
export function sourceText(label: string, url: string | undefined, look: Look): CardElement {
  const href = url === undefined ? undefined : webAddress(url)
  const run: Run = href === undefined ? { text: label } : { text: label, href }
  return { type: 'RichTextBlock', spacing: 'None', inlines: [textRun(run, look)] }
}

/** A title that screen readers find as one. Where its text could act as Markdown, safety goes before the role. */
export function heading(source: string, size: 'Medium' | 'Large'): readonly CardElement[] {
  const [line, ...more] = readMarkdown(clip(source, LONGEST_TITLE))
  const text = line?.runs.map((run) => run.text).join('') ?? ''
  const inert = more.length === 0 && /^[\p{L}\p{N}][\p{L}\p{N}\p{Zs}：:，,、。“”（）？?/'-]*$/u.test(text)
  if (!inert) return richText(clip(source, LONGEST_TITLE), { weight: 'Bolder', size }).slice(0, 2)
  return [
    {
      type: 'TextBlock',
      text,
      style: 'heading',
      weight: 'Bolder',
      size,
      wrap: true,
    },
  ]
}

/** A button that sends a payload and takes no field of the card along. */
export function submitAction(title: string, payload: Payload, more: object = {}): CardElement {
  return { type: 'Action.Submit', title: oneLine(title), data: payload, associatedInputs: 'none', ...more }
}

/** Teams shows six buttons of a set and hides the rest in a menu, so there are several sets. */
export function actionSets(actions: readonly CardElement[]): readonly CardElement[] {
  const sets: CardElement[] = []
  for (let at = 0; at < actions.length; at += BUTTONS_IN_A_SET)
    sets.push({ type: 'ActionSet', actions: actions.slice(at, at + BUTTONS_IN_A_SET) })
  return sets
}
const BUTTONS_IN_A_SET = 5

/** Text for titles and choices, which some hosts read as Markdown: a link cannot come together in it. */
export function oneLine(text: string, most = 200): string {
  return clip(
    text
      .replace(/[\s\p{Cc}\p{Surrogate}]+/gu, ' ')
      .replace(/\](?=[([:])/g, '] ')
      .trim(),
    most,
  )
}

export function clip(text: string, most: number): string {
  if (text.length <= most) return text
  // Half of a surrogate pair is no character.
  return `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

function textRuns({ item, runs }: Line, look: Look): readonly Inline[] {
  let left = LONGEST_LINE
  const kept: Inline[] = item ? [textRun({ text: '• ' }, look)] : []
  for (const run of runs) {
    if (left <= 0) break
    kept.push(textRun({ ...run, text: clip(run.text, left) }, look))
    left -= run.text.length
  }
  return kept
}

/** A text alone stands for a run without any dress. */
type Inline = CardElement | string

function textRun({ text, bold, href }: Run, look: Look): Inline {
  const dress = {
    ...look,
    ...(bold ? { weight: 'Bolder' } : {}),
    ...(href === undefined ? {} : { underline: true, selectAction: { type: 'Action.OpenUrl', url: href } }),
  }
  return Object.keys(dress).length === 0 ? text : { type: 'TextRun', text, ...dress }
}

/** The first of the elements, as many as weigh no more than that together but at least one; a cut is marked. */
export function within(elements: readonly CardElement[], most: number): readonly CardElement[] {
  const end = endWithin(elements, most)
  return end === elements.length ? elements : [...elements.slice(0, end), ...richText('…')]
}

/** How many fit. */
export function endWithin(elements: readonly CardElement[], most: number): number {
  let weight = 0
  const end = elements.findIndex((element) => (weight += weigh(element)) > most)
  return end === -1 ? elements.length : Math.max(1, end)
}

/** What a card or message weighs against a channel's limits, in bytes: Teams counts UTF-16, others UTF-8. */
export function weigh(value: unknown): number {
  const text = JSON.stringify(value)
  return Math.max(2 * text.length, Buffer.byteLength(text))
}
