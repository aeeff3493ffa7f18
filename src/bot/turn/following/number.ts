import { readFilingNumber, shownNumber } from '../../../interview/following/filing-number.ts'
import { footerSnippet } from '../../../interview/following/footer-snippet.ts'
import { settled, type Following } from '../../../interview/following/milestones.ts'
import { sayFinding } from '../../../rules/values/messages.ts'
import { settledValue } from '../../../rules/knowledge.ts'
import { UNSURE } from '../../../rules/answers.ts'
import type { Block } from '../../../rendering/message.ts'
import { escapeMarkdown } from '../../../rendering/compose/context.ts'
import { itemOf } from '../../../rendering/compose/outcomes/items.ts'
import { obligationBlocks } from '../../../rendering/compose/outcomes/collected.ts'
import { licenceBlocks } from '../../../rendering/compose/outcomes/licence.ts'
import { askAgain } from '../question.ts'
import { ended } from '../turn.ts'
import { nextActions, stepBlocks } from './blocks.ts'
import { saying, type FollowingResult, type FollowingTurn } from './kit.ts'

/** Asks for the number that was given with the approval. */
export function askNumber(
  turn: FollowingTurn,
  following: Following,
  noted: readonly Block[],
): FollowingResult {
  const text = saying(turn)('ask-number', { example: exampleNumber(turn) })
  const message = { language: turn.on.language, blocks: [...noted, { kind: 'text', text } as const] }
  return ended(turn, [message], {
    case: { ...turn.standing.case, following: { ...following, awaiting: 'number' } },
  })
}

/** Checks the number; a good one brings the footer, the duties and the advice on a licence. */
export function takeNumber(
  turn: FollowingTurn,
  following: Following,
  typed: string,
  noted: readonly Block[],
): FollowingResult {
  const { kit, on, resolution } = turn
  const say = saying(turn)
  const read = readFilingNumber(kit.values, resolution.assessment, typed)
  if (!read.ok) {
    const { text, remedy } = sayFinding(kit.values.messages, read, on.language)
    const refused = {
      kind: 'text',
      tone: 'warning',
      text: say('number-refused', { text: escapeMarkdown(text), remedy: escapeMarkdown(remedy) }),
    } as const
    return askNumber(turn, following, [...noted, refused])
  }
  const notes = read.notes.map((note) => sayFinding(kit.values.messages, note, on.language))
  const next = { ...settled(following), number: read.value }
  const blocks: readonly Block[] = [
    ...noted,
    { kind: 'text', tone: 'success', text: say('number-noted', { number: read.value }) },
    ...notes.map(({ text, remedy }): Block => ({
      kind: 'text',
      tone: 'warning',
      text: escapeMarkdown(`${text} ${remedy}`),
    })),
    ...snippetBlocks(turn, read.value),
    ...stepBlocks(turn, 'approved'),
    ...obligationBlocks(on, resolution),
    ...licenceBlocks(on, resolution),
  ]
  return askAgain(turn, blocks, {
    case: { ...turn.standing.case, following: next },
    actions: nextActions(turn, next),
  })
}

/** The line to paste at the foot of the page, with the rules it follows. */
export function snippetBlocks(turn: FollowingTurn, number: string): readonly Block[] {
  const { kit, on, resolution } = turn
  const say = saying(turn)
  const name = resolution.path.find(({ question }) => question.id === 'entity.name')?.value
  const known = typeof name === 'string' && name !== UNSURE ? name : undefined
  const snippet = footerSnippet(
    resolution.assessment,
    { link: kit.book.footer.link, number, name: known },
    kit.words.snippet,
  )
  if (!snippet) return [{ kind: 'text', text: say('ask-number', { example: exampleNumber(turn) }) }]
  const nameMissing =
    known === undefined && snippet.rules.some(({ result }) => result === 'copyright-required')
  return [
    { kind: 'heading', text: say('snippet-title') },
    { kind: 'text', text: say('snippet-copy') },
    {
      kind: 'text',
      text: escapeMarkdown(snippet.html),
      copy: { label: say('snippet-title'), text: snippet.html },
    },
    ...(nameMissing ? [{ kind: 'text', tone: 'notice', text: say('snippet-no-name') } as const] : []),
    { kind: 'statements', folded: true, items: snippet.rules.map((rule) => itemOf(on, rule)) },
  ]
}

/** A number as it is written in this region. */
export function exampleNumber({ brain, resolution, on }: FollowingTurn): string {
  const { assessment } = resolution
  const shown = shownNumber(assessment) ?? 'site-number'
  const example = assessment.footer.find(({ result }) => result === shown)?.data.example?.[on.language]
  if (example !== undefined) return example
  const prefix = brain.book.provinces.get(settledValue(assessment.know('entity.province')) ?? '')?.icpPrefix
  return `${prefix ?? '京'}ICP备2026000001号-1`
}
