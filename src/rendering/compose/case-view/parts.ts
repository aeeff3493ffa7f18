import type { Resolution } from '../../../interview/resolve.ts'
import type { Outcome, Section } from '../../../interview/schema.ts'
import type { PartBlock, PartView } from '../../case-view.ts'
import type { Block } from '../../message.ts'
import { say, type Composing } from '../context.ts'
import { outcomeBlocks } from '../outcomes/outcome.ts'
import { findingBlocks } from '../findings.ts'
import type { SourceList } from './source-list.ts'

/** These have a place of their own in the view. */
const ELSEWHERE: readonly Outcome[] = ['documents', 'obligations']

/** What the finished sections tell, in their order, in the very words of the conversation. */
export function resultParts(on: Composing, resolution: Resolution, sources: SourceList): readonly PartView[] {
  return finished(resolution).flatMap((section) =>
    section.shows
      .filter((outcome) => !ELSEWHERE.includes(outcome))
      .flatMap((outcome) => {
        const blocks = outcomeBlocks(on, { section, outcomes: [outcome] }, resolution)
        return partOf(`${section.id}.${outcome}`, blocks, sources) ?? []
      }),
  )
}

/** Undefined until the section that tells the documents is done. */
export function documentsPart(
  on: Composing,
  resolution: Resolution,
  sources: SourceList,
): PartView | undefined {
  const section = finished(resolution).find(({ shows }) => shows.includes('documents'))
  if (!section) return undefined
  const blocks = outcomeBlocks(on, { section, outcomes: ['documents'] }, resolution)
  const part = partOf('documents', blocks, sources)
  return part && { ...part, title: say(on, 'documents-title') }
}

/** What a reviewer would object to, once the application is under way. */
export function preCheckParts(
  on: Composing,
  resolution: Resolution,
  sources: SourceList,
): readonly PartView[] {
  const begun = resolution.path.some(({ section }) => section.application)
  if (!on.preCheck || !begun) return []
  const part = partOf('pre-check', findingBlocks(on, on.preCheck, resolution), sources)
  return part ? [part] : []
}

export function finished(resolution: Resolution): readonly Section[] {
  return resolution.sections.flatMap(({ section, state }) => (state === 'done' ? [section] : []))
}

/** What opens the blocks becomes the title: a heading, the name of a list, or else the only thing there is to say. */
function partOf(id: string, blocks: readonly Block[], sources: SourceList): PartView | undefined {
  const [first, ...rest] = blocks
  if (!first) return undefined
  if (first.kind === 'heading' || (first.kind === 'text' && rest.length === 0))
    return { id, title: first.text, blocks: rest.map((block) => numbered(block, sources)) }
  const title = first.kind === 'text' ? first.text : (first.title ?? '')
  const opening = first.kind === 'text' ? [] : [numbered(untitled(first), sources)]
  return { id, title, blocks: [...opening, ...rest.map((block) => numbered(block, sources))] }
}

function untitled(block: Extract<Block, { title?: string }>): Block {
  const copy = { ...block }
  delete copy.title
  return copy
}

function numbered(block: Block, sources: SourceList): PartBlock {
  if (block.kind !== 'statements') return block
  const { kind, title, items } = block
  return {
    kind,
    ...(title === undefined ? {} : { title }),
    items: items.map((item) => sources.numbered(item)),
  }
}
