import type { Resolution } from '../../interview/resolve.ts'
import type { Block } from '../message.ts'
import { answerLabel, command, say, type Composing } from './context.ts'

/** Every answer on the path, by section, each with a way to change it. */
export function summaryBlocks(on: Composing, resolution: Resolution): readonly Block[] {
  if (resolution.path.length === 0) return [{ kind: 'text', text: say(on, 'summary-empty') }]
  return [{ kind: 'heading', text: say(on, 'summary-title') }, ...answerSections(on, resolution)]
}

/** The answers alone, one list for each section. */
export function answerSections(on: Composing, { sections, path }: Resolution): readonly Block[] {
  return sections
    .map(({ section }) => ({ section, steps: path.filter((step) => step.section === section) }))
    .filter(({ steps }) => steps.length > 0)
    .map(({ section, steps }) => ({
      kind: 'summary',
      title: section.title[on.language],
      rows: steps.map((step) => ({
        label: step.question.label[on.language],
        value: answerLabel(on, step.question, step.value),
        change: command(on, 'action-change', 'edit', step.question.id),
      })),
    }))
}
