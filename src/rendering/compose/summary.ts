import type { Resolution } from '../../interview/resolve.ts'
import type { Block } from '../message.ts'
import { answerLabel, command, say, type Composing } from './context.ts'

/** Every answer on the path, by section, each with a way to change it. */
export function summaryBlocks(on: Composing, resolution: Resolution): readonly Block[] {
  if (resolution.path.length === 0) return [{ kind: 'text', text: say(on, 'summary-empty') }]
  const sections = resolution.sections.map(({ section }) => ({
    section,
    steps: resolution.path.filter((step) => step.section === section),
  }))
  return [
    { kind: 'heading', text: say(on, 'summary-title') },
    ...sections
      .filter(({ steps }) => steps.length > 0)
      .map(({ section, steps }) => ({
        kind: 'summary' as const,
        title: section.title[on.language],
        rows: steps.map((step) => ({
          label: step.question.label[on.language],
          value: answerLabel(on, step.question, step.value),
          change: command(on, 'action-change', 'edit', step.question.id),
        })),
      })),
  ]
}
